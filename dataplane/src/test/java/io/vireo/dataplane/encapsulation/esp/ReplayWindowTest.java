package io.vireo.dataplane.encapsulation.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    private static final long ONE_HIGH = 1L << 32;

    private final long highest = Arena.global().allocate(8, 8).address();
    private final long slots =
            Arena.global().allocate(8L * ReplayWindow.MAX_NUMBERS, 64).address();

    /** RFC 4303 §3.4.3, with a set that forgets nothing. */
    private static final class Oracle {
        private final Set<Long> accepted = new HashSet<>();
        private long highest;

        boolean accept(long number, int window) {
            boolean isNew = number > 0 && number > highest - window && accepted.add(number);
            highest = isNew ? Math.max(highest, number) : highest;
            return isNew;
        }

        /** RFC 4303 §A2.2, line by line. */
        long infer(long low, int window) {
            long bottomLow = highest & (ONE_HIGH - 1);
            long high = highest >>> 32;
            if (bottomLow >= window - 1) {
                return low >= bottomLow - window + 1 ? high * ONE_HIGH + low : (high + 1) * ONE_HIGH + low;
            }
            return low >= (bottomLow - window + 1 & ONE_HIGH - 1) ? (high - 1) * ONE_HIGH + low : high * ONE_HIGH + low;
        }
    }

    private boolean accept(long number, int window) {
        boolean may = ReplayWindow.mayAccept(highest, slots, window, number);
        boolean is = may && ReplayWindow.accept(highest, slots, window, number);
        assertThat(is).isEqualTo(may); // alone, so what may be accepted is
        return is;
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 1024, 4096})
    void shouldAcceptWhatASetThatForgetsNothingDoes(int window) {
        Random random = new Random(window);
        Oracle oracle = new Oracle();
        long base = 1;
        for (int n = 0; n < 200_000; n++) {
            base += switch (random.nextInt(1000)) {
                case 0 -> random.nextInt(10 * window);
                case 1 -> random.nextInt(window);
                default -> random.nextInt(3);
            };
            long number = base - random.nextInt(random.nextInt(8) == 0 ? 2 * window : 8);
            assertThat(accept(number, window)).as("%d", number).isEqualTo(oracle.accept(number, window));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4096})
    void shouldInferTheUpperHalfAsTheRfcDoes(int window) {
        Random random = new Random(window);
        Oracle oracle = new Oracle();
        for (int n = 0; n < 200_000; n++) {
            long near = random.nextInt(4) * ONE_HIGH + random.nextInt(3 * window) - window;
            oracle.highest = random.nextBoolean() ? Math.max(near, 0) : random.nextLong(1L << 40);
            long low = random.nextBoolean()
                    ? (oracle.highest + random.nextInt(4 * window) - 2L * window) & (ONE_HIGH - 1)
                    : random.nextLong(ONE_HIGH);
            assertThat(ReplayWindow.infer(oracle.highest, (int) low, window, true))
                    .as("%x after %x", low, oracle.highest)
                    .isEqualTo(oracle.infer(low, window));
        }
    }

    @Test
    void shouldTakeTheNumberAsItIsWhereNumbersAreShort() {
        assertThat(ReplayWindow.infer(1000, -1, 64, false)).isEqualTo(ONE_HIGH - 1);
        assertThat(ReplayWindow.infer(ONE_HIGH - 1, 1, 64, false)).isEqualTo(1);
    }

    @Test
    void shouldForgetAllNumbersForTheNextKey() {
        accept(5, 64);
        ReplayWindow.clear(slots, 64);
        Memory.putLong(highest, 0);

        assertThat(accept(5, 64)).isTrue();
    }
}
