package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FlowWindowsTest {
    private final FlowWindows windows = new FlowWindows(2);

    @Test
    void shouldTakeFramesInOrder() {
        for (long place = 0; place < 200; place++) {
            assertThat(windows.accept(0, place)).isEqualTo(Arrival.IN_ORDER);
        }
    }

    @Test
    void shouldKeepFlowsApart() {
        assertThat(windows.accept(0, 0)).isEqualTo(Arrival.IN_ORDER);
        assertThat(windows.accept(1, 0)).isEqualTo(Arrival.IN_ORDER);
    }

    @Test
    void shouldNoticeAGapAndWhatFillsIt() {
        windows.accept(0, 0);
        assertThat(windows.accept(0, 3)).isEqualTo(Arrival.AFTER_GAP);
        assertThat(windows.accept(0, 1)).isEqualTo(Arrival.REORDERED);
        assertThat(windows.accept(0, 1)).isEqualTo(Arrival.DUPLICATE);
        assertThat(windows.accept(0, 4)).isEqualTo(Arrival.IN_ORDER);
    }

    @Test
    void shouldNoticeDuplicatesOfTheNewest() {
        windows.accept(0, 0);
        assertThat(windows.accept(0, 0)).isEqualTo(Arrival.DUPLICATE);
    }

    @Test
    void shouldNotGuessWhatIsTooOld() {
        windows.accept(0, 1000);
        assertThat(windows.accept(0, 936)).isEqualTo(Arrival.STALE);
        assertThat(windows.accept(0, 937)).isEqualTo(Arrival.REORDERED);
    }

    /** Against a set that remembers everything. */
    @Test
    void shouldAgreeWithASlowerMemory() {
        SplittableRandom random = new SplittableRandom(3);
        Set<Long> seen = new HashSet<>();
        long newest = -1;
        for (int i = 0; i < 100_000; i++) {
            long place = Math.max(0, newest + 1 + random.nextInt(-80, 40) / (random.nextInt(20) == 0 ? 1 : 20));
            Arrival expected;
            if (place == newest + 1) {
                expected = Arrival.IN_ORDER;
            } else if (place > newest) {
                expected = Arrival.AFTER_GAP;
            } else if (newest - place >= 64) {
                expected = Arrival.STALE;
            } else {
                expected = seen.contains(place) ? Arrival.DUPLICATE : Arrival.REORDERED;
            }
            assertThat(windows.accept(0, place))
                    .as("place %d after %d", place, newest)
                    .isEqualTo(expected);
            newest = Math.max(newest, place);
            seen.add(place);
        }
    }
}
