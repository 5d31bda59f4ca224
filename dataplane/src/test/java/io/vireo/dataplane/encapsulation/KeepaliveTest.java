package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.KeepaliveState;
import io.vireo.dataplane.wire.counters.KeepaliveCounts;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keepalives of a tunnel whose both ends are in one data plane. Time is the test's. */
class KeepaliveTest {
    private static final long MS = 1_000_000L;
    private static final int MISSES = 3;

    static Stream<Arguments> kindsAndFamilies() {
        return Stream.concat(
                        TunnelKind.all().filter(kind -> !kind.encapsulation().isMpls()),
                        Stream.of(TunnelKind.MPLS, TunnelKind.esp(EspAlgorithm.AES_GCM_128, true)))
                .flatMap(kind -> Stream.of(AddressFamily.values()).map(target -> Arguments.of(kind, target)));
    }

    private static KeepaliveRig rig() {
        return new KeepaliveRig(TunnelKind.IPIP, AddressFamily.IPV4, MISSES);
    }

    private static KeepaliveCounts counts(KeepaliveState state, int requests, int lost) {
        return new KeepaliveCounts(state, requests, lost, 0);
    }

    @ParameterizedTest
    @MethodSource("kindsAndFamilies")
    void shouldFollowTheFarEnd(TunnelKind kind, AddressFamily target) {
        try (KeepaliveRig rig = new KeepaliveRig(kind, target, MISSES)) {
            rig.after(0);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.PENDING, 1, 0));
            afterTheReply(rig, kind);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 1, 0));

            rig.cut(true);
            for (int lost = 0; lost < MISSES; lost++) {
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
                assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 2 + lost, lost));
            }
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.DOWN, 2 + MISSES, MISSES));

            rig.cut(false);
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            assertThat(rig.counts().state()).isEqualTo(KeepaliveState.DOWN);
            afterTheReply(rig, kind);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 3 + MISSES, MISSES + 1));
            assertThat(rig.dataplane.buffersInUse()).isZero();
            if (!kind.isEthernet()) { // else the kernels hear who has asked whom
                assertThat(rig.dataplane.punts.frames).isEmpty();
            }
        }
    }

    /** Through a tunnel of frames a request waits until a station has said its MAC address. */
    private static void afterTheReply(KeepaliveRig rig, TunnelKind kind) {
        rig.after(5 * MS);
        if (kind.isEthernet()) {
            assertThat(rig.counts().state()).isNotEqualTo(KeepaliveState.UP);
            rig.after(5 * MS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindAFarEndThatHasAnotherMac(AddressFamily target) {
        try (KeepaliveRig rig = new KeepaliveRig(TunnelKind.VXLAN, target, MISSES)) {
            rig.after(0);
            afterTheReply(rig, TunnelKind.VXLAN);
            rig.setFarMac(0x02000000ff01L);
            rig.dataplane.settle();
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            rig.after(5 * MS);
            rig.after(5 * MS);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 3, 1));
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            rig.after(KeepaliveRig.INTERVAL_MS * MS);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 5, 1));
        }
    }

    @Test
    void shouldBeDownWhenNobodyEverAnswered() {
        try (KeepaliveRig rig = rig()) {
            rig.cut(true);
            rig.after(0);
            for (int n = 0; n < MISSES; n++) {
                assertThat(rig.counts().state()).isEqualTo(KeepaliveState.PENDING);
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
            }
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.DOWN, 1 + MISSES, MISSES));
        }
    }

    @Test
    void shouldStayUpWhenFewAreLost() {
        try (KeepaliveRig rig = rig()) {
            rig.after(0);
            for (int n = 0; n < 10; n++) {
                rig.cut(true);
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
                rig.cut(false);
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
                assertThat(rig.counts().state()).isEqualTo(KeepaliveState.UP);
            }
            rig.after(5 * MS);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 31, 20));
        }
    }

    /** Whoever makes up for a pause sends a burst that a far end may drop. */
    @Test
    void shouldSendOneRequestAfterAPause() {
        try (KeepaliveRig rig = rig()) {
            rig.after(0);
            rig.after(50L * KeepaliveRig.INTERVAL_MS * MS);
            assertThat(rig.counts().requests()).isEqualTo(2);
            rig.after((KeepaliveRig.INTERVAL_MS - 10) * MS);
            assertThat(rig.counts().requests()).isEqualTo(2);
        }
    }

    @Test
    void shouldMeasureTheRoundTrip() {
        try (KeepaliveRig rig = rig()) {
            for (int round = 0; round < 20; round++) {
                rig.dataplane.round();
                rig.dataplane.advance(MS);
            }
            rig.after(5 * MS);
            // Each of the two tunnel ends and each of the two links takes a round.
            assertThat(rig.counts().roundTripNs()).isBetween(2 * MS, 8 * MS);
        }
    }

    /** Neither a reply that somebody has made up, nor one that comes once more. */
    @Test
    void shouldNotBeUpByWhatIsNoNewReply() {
        try (KeepaliveRig rig = rig()) {
            rig.after(0);
            rig.after(5 * MS);
            byte[] reply = rig.lastRequestAsReply();
            rig.cut(true);
            for (int n = 0; n <= MISSES; n++) {
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
            }
            assertThat(rig.counts().state()).isEqualTo(KeepaliveState.DOWN);

            rig.cut(false);
            rig.fromFarEnd(KeepaliveRig.withChecksums(TestFrames.with(reply, 43, reply[43] ^ 1)));
            rig.fromFarEnd(reply);
            rig.after(5 * MS);
            assertThat(rig.counts().state()).isEqualTo(KeepaliveState.DOWN);
            assertThat(rig.dataplane.punts.frames).hasSize(1);
        }
    }

    @Test
    void shouldKeepEveryBufferWhateverComes() {
        Random random = new Random(5);
        try (KeepaliveRig rig = rig()) {
            rig.after(0);
            byte[] reply = rig.lastRequestAsReply();
            for (int n = 0; n < 20_000; n++) {
                byte[] changed = reply.clone();
                for (int flips = random.nextInt(4); flips > 0; flips--) {
                    changed[20 + random.nextInt(changed.length - 20)] = (byte) random.nextInt();
                }
                byte[] sent = random.nextBoolean() ? KeepaliveRig.withChecksums(changed) : changed;
                rig.fromFarEnd(random.nextInt(4) == 0 ? TestFrames.resized(sent, 20 + random.nextInt(30)) : sent);
            }
            rig.after(5 * MS);
            assertThat(rig.counts().state()).isEqualTo(KeepaliveState.UP);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    @Test
    void shouldEndWithItsTunnel() {
        try (KeepaliveRig rig = rig()) {
            rig.after(0);
            rig.after(5 * MS);
            rig.remove();
            rig.after(5 * MS);
            assertThat(rig.counts()).isEqualTo(KeepaliveCounts.NONE);

            rig.add();
            rig.after(5 * MS);
            rig.after(5 * MS);
            assertThat(rig.counts()).isEqualTo(counts(KeepaliveState.UP, 1, 0));
        }
    }

    @Test
    void shouldNeedAnAddress() {
        try (KeepaliveRig rig = rig()) {
            rig.takeAddress();
            for (int n = 0; n < 5; n++) {
                rig.after(KeepaliveRig.INTERVAL_MS * MS);
            }
            assertThat(rig.counts().state()).isEqualTo(KeepaliveState.DOWN);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}
