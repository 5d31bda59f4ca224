package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.LabelRig.entry;
import static io.vireo.dataplane.encapsulation.LabelRig.frame;
import static io.vireo.dataplane.encapsulation.LabelRig.label;
import static io.vireo.dataplane.encapsulation.LabelRig.packet;
import static io.vireo.dataplane.encapsulation.LabelRig.swap;
import static io.vireo.dataplane.encapsulation.LabelRig.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.Tshark;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ICMP errors about packets behind labels (RFC 3032 §2.3.2, RFC 4884, RFC 4950): where they go, and what tshark reads in them. */
class LabelErrorsTest {
    private static final long NET6 = 0x20010db8_00000000L;
    private static final int SENDER = 0x0a000501; // of LabelRig.packet
    private static final byte[] PACKET6 = TestFrames.ipv6(NET6, 1, 0x20010db8_00010000L, 2, 17, 33, 40);
    private static final String FIELDS = "-o ip.check_checksum:TRUE -E occurrence=a -E separator=|";

    @TempDir
    private Path directory;

    /** A rig that has addresses, so that it answers, and whose VPN knows the sender. */
    private static LabelRig rig(byte[]... comes) {
        LabelRig rig = new LabelRig(List.of(comes));
        var tables = rig.dataplane.proxy.tables();
        tables.addInterfaceAddress(9, LabelRig.IN, AddressFamily.IPV4, 0, 0xc0000201L, AddressUse.SOURCE);
        tables.addInterfaceAddress(9, LabelRig.IN, AddressFamily.IPV6, NET6, 0x99, AddressUse.SOURCE);
        tables.addRoute(
                8,
                LabelRig.VPN_ROUTER,
                AddressFamily.IPV4,
                0,
                SENDER & 0xffff_ff00L,
                24,
                RouteKind.UNICAST,
                new NextHops().add(LabelRig.VPN, 0, 0x0a000103, 1));
        rig.dataplane.settle();
        return rig;
    }

    private static long answers(LabelRig rig) {
        return rig.dataplane.statistics().answers(LabelRig.ROUTER)[AnswerKind.ERROR.code()];
    }

    /** What leaves by a port in the round of the packet and in the next one, in which the error has gone round. */
    private static List<byte[]> sent(LabelRig rig, int port) {
        rig.dataplane.run();
        rig.dataplane.run();
        assertThat(rig.dataplane.buffersInUse()).isZero();
        return rig.dataplane.sent(port);
    }

    private List<String> read(List<byte[]> frames, String fields) throws Exception {
        Pcap.write(directory.resolve("sent.pcap"), frames);
        String all = FIELDS + " " + fields;
        return Tshark.fields(directory.resolve("sent.pcap"), all.split(" ", -1));
    }

    @Test
    void shouldSendThemOnBehindTheLabelsThatCame() throws Exception {
        byte[] comes = frame(entry(100, false, 1), entry(17, true, 9), packet(3));
        try (LabelRig rig = rig(comes)) {
            rig.add(swap(100, 200), via(1));
            List<byte[]> sent = sent(rig, 1);
            assertThat(read(
                            sent,
                            "-e mpls.label -e mpls.ttl -e ip.src -e ip.dst -e icmp.type -e icmp.code -e icmp.length"
                                    + " -e icmp.mpls.label -e icmp.mpls.exp -e icmp.mpls.s -e icmp.mpls.ttl"
                                    + " -e icmp.ext.checksum.status -e icmp.checksum.status"))
                    .containsExactly(
                            "200,17|254,255|192.0.2.1,10.0.5.1|10.0.5.1,10.99.0.1|11|0|32|100,17|5,5|0,1|1,9|1|1");
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TTL_EXPIRED))
                    .isEqualTo(1);
            assertThat(answers(rig)).isEqualTo(1);
            int quoted = 18 + 8 + 20 + 8;
            assertThat(Arrays.copyOfRange(sent.getFirst(), quoted, quoted + packet(3).length))
                    .isEqualTo(packet(3));
        }
    }

    @Test
    void shouldSendThemOfIpv6() throws Exception {
        try (LabelRig rig = rig(frame(entry(100, true, 1), PACKET6))) {
            rig.add(swap(100, 200), via(1));
            assertThat(read(
                            sent(rig, 1),
                            "-e mpls.label -e mpls.ttl -e ipv6.src -e ipv6.dst -e icmpv6.type -e icmpv6.code -e icmp.mpls.label"
                                    + " -e icmp.mpls.ttl -e icmpv6.checksum.status"))
                    .containsExactly("200|254|2001:db8::99,2001:db8::1|2001:db8::1,2001:db8:1::2|3|0|100|1|1");
        }
    }

    /** The label of a VPN: its router knows the way back. */
    @Test
    void shouldBeRoutedByWhoTheLabelsAreFor() throws Exception {
        byte[] comes = frame(entry(101, true, 1), packet(3));
        try (LabelRig rig = rig(comes)) {
            rig.add(label(101).uniform(false).local(LabelRig.VPN));
            assertThat(read(sent(rig, 2), "-e ip.src -e ip.dst -e ip.ttl -e icmp.type -e icmp.mpls.label"))
                    .containsExactly("192.0.2.1,10.0.5.1|10.0.5.1,10.99.0.1|254,3|11|101");
        }
    }

    @Test
    void shouldSayWhatFitsBesideTheLabels() throws Exception {
        byte[] tooLong = TestFrames.ipv4(SENDER, LabelRig.NETWORK | 1, 64, LabelRig.MTU - 20 - 8 + 1);
        byte[] tooLong6 = TestFrames.ipv6(NET6, 1, 0x20010db8_00010000L, 2, 17, 33, LabelRig.MTU - 40 - 8 + 1);
        try (LabelRig rig = rig(frame(entry(100, true, 64), tooLong), frame(entry(100, true, 64), tooLong6))) {
            rig.add(swap(100, 200, 300), via(1));
            List<byte[]> sent = sent(rig, 1);
            assertThat(read(
                            sent,
                            "-e mpls.label -e icmp.type -e icmp.code -e icmp.mtu -e icmp.mpls.label -e icmpv6.type -e icmpv6.mtu"
                                    + " -e icmp.checksum.status -e icmpv6.checksum.status"))
                    .containsExactlyInAnyOrder("200,300|3|4|1492||||1|", "200,300|||||2|1492||1");
            assertExtended(
                    sent.stream().filter(frame -> frame[26] == 0x45).findFirst().orElseThrow());
            assertThat(sent.stream().filter(frame -> frame[26] == 0x60).map(frame -> frame.length))
                    .as("without an extension as much is quoted as fits (RFC 4443 §2.4 c)")
                    .containsExactly(26 + 1280);
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TOO_BIG)).isEqualTo(2);
        }
    }

    /** Tshark does not look for an extension where there is an MTU; RFC 4884 §4.1 has one there. */
    private static void assertExtended(byte[] sent) {
        ByteBuffer message = ByteBuffer.wrap(sent, 26 + 20, sent.length - 46).slice();
        assertThat(message.get(5)).isEqualTo((byte) 32);
        assertThat(message.get(8 + 128)).isEqualTo((byte) 0x20);
        assertThat(message.getInt(8 + 128 + 4)).isEqualTo(0x0008_0101);
        assertThat(message.getInt(8 + 128 + 8))
                .isEqualTo(ByteBuffer.wrap(entry(100, true, 64)).getInt());
    }

    private static byte[] changed(int offset, int value) {
        byte[] changed = packet(3);
        changed[offset] = (byte) value;
        TestFrames.fixChecksum(changed);
        return changed;
    }

    private static byte[] errorPacket() {
        byte[] error = changed(9, 1);
        error[20] = 11;
        return error;
    }

    @Test
    void shouldSayNothingAboutErrorsGroupsLaterFragmentsAndWhatIsNoPacket() {
        byte[] wrongChecksum = packet(3);
        wrongChecksum[10] ^= 1;
        byte[] mayBeFragmented = TestFrames.ipv4(SENDER, LabelRig.NETWORK | 1, 64, LabelRig.MTU - 20);
        mayBeFragmented[6] = 0;
        TestFrames.fixChecksum(mayBeFragmented);
        byte[][] silent = {
            frame(entry(100, true, 1), errorPacket()),
            frame(entry(100, true, 1), changed(16, 0xe0)), // to a group
            frame(entry(100, true, 1), changed(12, 0xe0)), // from one
            frame(entry(100, true, 1), changed(12, 0x7f)), // from nobody on a wire
            frame(entry(100, true, 1), changed(7, 0x10)), // a later fragment
            frame(entry(100, true, 1), wrongChecksum),
            frame(entry(100, true, 1), new byte[60]),
            frame(entry(100, true, 1)),
            frame(entry(100, true, 64), mayBeFragmented),
        };
        try (LabelRig rig = rig(silent)) {
            rig.add(swap(100, 200), via(1));
            assertThat(sent(rig, 1)).isEmpty();
            assertThat(answers(rig)).isZero();
            assertThat(rig.dataplane.statistics().routerCounts(LabelRig.ROUTER).dropPackets())
                    .isEqualTo(silent.length);
        }
    }

    @Test
    void shouldSayNothingWithoutAnAddressOfItsOwn() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 1), packet(3))))) {
            rig.add(swap(100, 200), via(1));
            assertThat(sent(rig, 1)).isEmpty();
        }
    }

    @Test
    void shouldLimitWhatOneReceiverGets() {
        byte[][] comes =
                Collections.nCopies(50, frame(entry(100, true, 1), packet(3))).toArray(byte[][]::new);
        try (LabelRig rig = rig(comes)) {
            rig.add(swap(100, 200), via(1));
            assertThat(sent(rig, 1).size()).isBetween(6, 8);
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TTL_EXPIRED))
                    .isEqualTo(50);
        }
    }

    /** Any bytes behind a label that expires: at most an answer each, and no buffer is lost. */
    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(7);
        byte[][] comes = new byte[5_000][];
        for (int n = 0; n < comes.length; n++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                byte[] real = random.nextBoolean() ? packet(1 + random.nextInt(200)) : PACKET6.clone();
                real[random.nextInt(real.length)] = (byte) random.nextInt();
                bytes = real;
            }
            byte[] top = entry(100, random.nextInt(4) > 0, 1);
            comes[n] = frame(top, bytes);
        }
        try (LabelRig rig = rig(comes)) {
            rig.add(swap(100, 200), via(1));
            List<byte[]> sent = sent(rig, 1);
            assertThat(sent)
                    .isNotEmpty()
                    .allMatch(frame -> ByteBuffer.wrap(frame).getInt(18) >>> 12 == 200);
            assertThat(answers(rig)).isEqualTo(sent.size());
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TTL_EXPIRED))
                    .isGreaterThan(sent.size());
        }
    }
}
