package io.vireo.control.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyExchangeTest {
    private static final int STEPS = 2_000;
    private static final long STEP_NS = 250_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final List<String> log = new ArrayList<>();
    private final Set<String> sent = SimulatedPeer.nothingSent();

    private SimulatedPeer peer(String name, String local, String remote, Random random) {
        return new SimulatedPeer(name, local, remote, random, sent);
    }

    private KeyExchange exchange(long everySeconds, SimulatedPeer... peers) {
        return new KeyExchange(List.of(peers), everySeconds, log::add);
    }

    @Test
    void shouldGiveBothDirectionsAKeyAndThenLeaveThemAlone() {
        SimulatedPeer a = peer("a", "1", "2", new Random(1));
        SimulatedPeer b = peer("b", "2", "1", new Random(2));
        KeyExchange exchange = exchange(NEVER, a, b);

        assertThat(exchange.round(0)).isEqualTo(2);
        assertThat(a.send(b)).isTrue();
        assertThat(b.send(a)).isTrue();
        assertThat(exchange.round(STEP_NS)).isZero();
        assertThat(log).hasSize(2).noneMatch(line -> line.contains("a 0") || line.contains("b 0"));
    }

    @Test
    void shouldReplaceKeysWithoutAMomentWithoutOne() {
        SimulatedPeer a = peer("a", "1", "2", new Random(1));
        SimulatedPeer b = peer("b", "2", "1", new Random(2));
        KeyExchange exchange = exchange(0, a, b);
        exchange.round(0);
        for (int step = 1; step < STEPS; step++) {
            exchange.round(4L * step * STEP_NS);
            assertThat(a.send(b)).isTrue();
            assertThat(b.send(a)).isTrue();
        }
    }

    @Test
    void shouldSayOnceWhichTunnelsHaveNoFarEnd() {
        SimulatedPeer a = peer("a", "1", "2", new Random(1));
        SimulatedPeer b = peer("b", "2", "3", new Random(2));
        KeyExchange exchange = exchange(NEVER, a, b);
        exchange.round(0);
        exchange.round(1);

        assertThat(log).hasSize(2).allMatch(line -> line.endsWith(": its far end is on no node here"));
    }

    @Test
    void shouldSayWhetherARoundWasDone() {
        SimulatedPeer a = peer("a", "1", "2", new Random(1));
        SimulatedPeer b = peer("b", "2", "1", new Random(2));
        KeyExchange exchange = exchange(NEVER, a, b);
        b.failures = 1;
        assertThat(exchange.round(0)).isZero();
        assertThat(exchange.hasFailed()).isTrue();
        b.failures = 0;
        assertThat(exchange.round(STEP_NS)).isEqualTo(2);
        assertThat(exchange.hasFailed()).isFalse();
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("vireo.keys.seeds", 20));
    }

    /** Data planes die thousands of times, answers and requests are lost, late and doubled; {@code SimulatedPeer} watches the nonces. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNeverUseAKeyAndANonceTwiceWhateverDies(long seed) {
        Random random = new Random(seed);
        SimulatedPeer a = peer("a", "1", "2", random);
        SimulatedPeer b = peer("b", "2", "1", random);
        KeyExchange exchange = exchange(seed % 2 == 0 ? NEVER : 0, a, b);
        int kills = 0;
        int read = 0;
        for (int step = 0; step < STEPS; step++) {
            SimulatedPeer one = random.nextBoolean() ? a : b;
            a.failures = random.nextInt(4) * 0.1;
            b.failures = random.nextInt(4) * 0.1;
            if (random.nextInt(5) == 0) {
                one.kill();
                kills++;
            }
            if (random.nextInt(3) == 0) {
                one.deliverLate();
            }
            exchange.round(step * STEP_NS);
            for (int packet = random.nextInt(4); packet > 0; packet--) {
                read += Boolean.TRUE.equals(a.send(b)) ? 1 : 0;
                read += Boolean.TRUE.equals(b.send(a)) ? 1 : 0;
            }
        }
        assertThat(kills).isGreaterThan(STEPS / 10);
        assertThat(read).isGreaterThan(STEPS / 2);

        a.failures = 0;
        b.failures = 0;
        for (int step = STEPS; step < STEPS + 40; step++) {
            exchange.round(step * STEP_NS);
        }
        assertThat(a.send(b)).isTrue();
        assertThat(b.send(a)).isTrue();
    }
}
