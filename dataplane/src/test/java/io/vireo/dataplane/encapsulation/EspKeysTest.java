package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dpdk.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How keys of ESP tunnels come and go. */
class EspKeysTest {
    private static final int SPI = 0x1000;
    private static final int ESP_IN_FRAME = 18 + 20;

    private static EspPeer peer(int n) {
        return EspPeer.random(EspAlgorithm.AES_GCM_128, false, SPI + n);
    }

    private static TunnelRig rig(int packets) {
        List<byte[]> frames = IntStream.range(0, packets)
                .mapToObj(n -> TunnelRig.fromHost(TunnelRig.toFar(true, 64, n % 100)))
                .toList();
        TunnelRig rig =
                new TunnelRig(TunnelKind.esp(EspAlgorithm.AES_GCM_128, false), AddressFamily.IPV4, frames, List.of());
        rig.routeUnderlay(U);
        return rig;
    }

    private static SecurityAssociationSpec out(TunnelRig rig, int n, long ticket) {
        return peer(n).spec(T, true, rig.dataplane.memory.incarnation(), ticket);
    }

    private static void add(TunnelRig rig, SecurityAssociationSpec spec) {
        rig.dataplane.proxy.keys().addSecurityAssociation(7, spec);
        rig.dataplane.conduct();
    }

    @Test
    void shouldLoseNothingWhileKeysChange() {
        try (TunnelRig rig = rig(3200)) {
            for (int n = 1; n <= 100; n++) {
                add(rig, out(rig, n, n));
                rig.dataplane.round();
            }
            rig.dataplane.run();

            assertThat(rig.dataplane.events.refusals).isEmpty();
            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSize(3200);
            Set<List<Long>> nonces = new HashSet<>();
            for (byte[] frame : sent) {
                ByteBuffer esp = ByteBuffer.wrap(frame, ESP_IN_FRAME, frame.length - ESP_IN_FRAME);
                int spi = esp.getInt();
                long number = esp.getLong(ESP_IN_FRAME + 8);
                assertThat(peer(spi - SPI).open(frame, ESP_IN_FRAME, number)).isNotNull();
                nonces.add(List.of((long) spi, number));
            }
            assertThat(nonces).hasSize(3200);
        }
    }

    @Test
    void shouldRefuseAKeyThatComesTwiceOrForAnotherDataPlane() {
        try (TunnelRig rig = rig(0)) {
            add(rig, out(rig, 1, 5));
            add(rig, out(rig, 1, 5));
            rig.dataplane.proxy.keys().removeSecurityAssociation(8, T, SPI + 1, true);
            add(rig, out(rig, 1, 5));
            add(rig, out(rig, 2, 4));
            add(rig, out(rig, 2, 6).once(rig.dataplane.memory.incarnation() - 1, 7));
            add(rig, out(rig, 2, 6).of(U, true, SPI));

            assertThat(rig.dataplane.events.refusals).hasSize(5);
            assertThat(rig.dataplane.events.refusals.subList(0, 3))
                    .allMatch(refusal -> refusal.contains("ticket: must be greater than 5"));
            assertThat(rig.dataplane.events.refusals.get(3)).contains("incarnation");
            assertThat(rig.dataplane.events.refusals.get(4)).contains("no ESP tunnel");
        }
    }

    @Test
    void shouldTakeFourInboundKeysOfDifferentSpisAndForgetThemWithTheTunnel() {
        try (TunnelRig rig = rig(0)) {
            for (int n : new int[] {1, 1, 2, 3, 4, 5}) {
                add(rig, peer(n).spec(T, false, rig.dataplane.memory.incarnation(), 1));
            }
            assertThat(rig.dataplane.events.refusals).hasSize(2);
            assertThat(rig.dataplane.events.refusals.get(0)).contains("spi: the tunnel has a key with it");
            assertThat(rig.dataplane.events.refusals.get(1)).contains("spi: the tunnel has 4 inbound keys");

            rig.dataplane.proxy.topology().removeInterface(9, T);
            rig.dataplane.proxy.keys().dumpSecurityAssociations(10);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.associations).isEmpty();
            rig.addTunnel(T, INNER, 1, 2);
            add(rig, peer(1).spec(T, false, rig.dataplane.memory.incarnation(), 1));
            assertThat(rig.dataplane.events.refusals).hasSize(2);
        }
    }

    @Test
    void shouldEndAKeyAfterItsPacketsBytesOrSeconds() {
        assertThat(sentWith(10, Long.MAX_VALUE)).isEqualTo(10);
        assertThat(sentWith(Long.MAX_VALUE, 500)).isBetween(5, 12);
        try (TunnelRig rig = rig(40)) {
            add(rig, out(rig, 1, 1).lifetime(Long.MAX_VALUE, Long.MAX_VALUE, 1));
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            do {
                rig.dataplane.events.associations.clear();
                rig.dataplane.proxy.keys().dumpSecurityAssociations(10);
                rig.dataplane.conduct();
            } while (Boolean.FALSE.equals(
                            rig.dataplane.events.associations.getFirst().get(3))
                    && System.nanoTime() < deadlineNs);
            rig.dataplane.run();

            assertThat(rig.dataplane.drops(INNER, DropReason.ESP_LIFETIME)).isEqualTo(40);
        }
    }

    private static int sentWith(long maxPackets, long maxBytes) {
        try (TunnelRig rig = rig(40)) {
            add(rig, out(rig, 1, 1).lifetime(maxPackets, maxBytes, 1000));
            rig.dataplane.run();
            long dropped = rig.dataplane.drops(INNER, DropReason.ESP_LIFETIME);
            int sent = rig.dataplane.sent(1).size();
            assertThat(sent + dropped).isEqualTo(40);
            return sent;
        }
    }

    @Test
    void shouldKeepKeysOverAResynchronisation() {
        try (TunnelRig rig = rig(0)) {
            add(rig, out(rig, 1, 1));
            rig.dataplane.proxy.resyncBegin(20, 99);
            rig.dataplane.proxy.topology().addRouter(1, INNER, 101, 1_000_000, 1_000_000, "inner");
            rig.dataplane.proxy.topology().addRouter(2, TunnelRig.UNDERLAY, 102, 1_000_000, 1_000_000, "underlay");
            rig.addTunnel(T, INNER, 1, 2);
            rig.dataplane.proxy.resyncEnd(21, 99);
            rig.dataplane.proxy.keys().dumpSecurityAssociations(22);
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.associations).hasSize(1);
        }
    }

    /** The command ring is a file: what was a key in it must not be there once it is read, nor in the tables once it is removed. */
    @Test
    void shouldLeaveNoKeyInTheRing() {
        try (TunnelRig rig = rig(0)) {
            Random random = new Random(5);
            for (int n = 1; n <= 200; n++) {
                add(rig, out(rig, n, n));
                rig.dataplane.proxy.barrier(random.nextInt(1 << 20));
            }
            rig.dataplane.conduct();

            var buffer = rig.dataplane.memory.commandRing().buffer();
            byte[] ring = new byte[buffer.capacity()];
            buffer.getBytes(0, ring);
            for (int n = 1; n <= 200; n++) {
                byte[] reversed = new byte[8]; // the message is little-endian
                for (int at = 0; at < 8; at++) {
                    reversed[at] = peer(n).key()[7 - at];
                }
                assertThat(indexOf(ring, reversed)).isNegative();
                assertThat(indexOf(ring, Arrays.copyOf(peer(n).key(), 8))).isNegative();
            }
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (bytes[at] == part[0] && Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    @Test
    void shouldWipeAKeyOnceEveryWorkerHasForgottenIt() {
        try (TunnelRig rig = rig(0)) {
            add(rig, out(rig, 1, 1));
            add(rig, out(rig, 2, 2));
            rig.dataplane.run();
            rig.dataplane.conduct();

            long first = rig.dataplane.tables.associations().record(1);
            long second = rig.dataplane.tables.associations().record(2);
            byte[] record = new byte[2048];
            Memory.copy(first, record, 0, record.length);
            assertThat(record).containsOnly(0);
            Memory.copy(second, record, 0, record.length);
            assertThat(Arrays.copyOf(peer(2).key(), 16)).isEqualTo(Arrays.copyOfRange(record, 1024, 1040));
            assertThat(Arrays.copyOfRange(record, 192, 224)).containsOnly(0);
        }
    }
}
