package io.vireo.bench.forward.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What far ends write and read: bytes that scapy made, and every fault noticed. */
class TunnelKindsTest {
    private static final byte[] INNER = HexFormat.of()
            .parseHex("4500002a000000004011aec1c00002010a00000104000009001600000000000000000000000000000000");
    private static final TunnelKind KEYED = TunnelKinds.all().get(2);

    static List<TunnelKind> kinds() {
        return TunnelKinds.all();
    }

    /** What nothing but its own header protects is left out: four bytes that are right by chance are right. */
    static List<TunnelKind> overIp() {
        return kinds().stream()
                .filter(kind -> kind.etherType() == OuterIpv4.ETHERTYPE)
                .toList();
    }

    private static byte[] sent(TunnelKind kind) {
        return SentPackets.of(kind, INNER);
    }

    private static String hex(byte[] outer, int bytes) {
        return HexFormat.of().formatHex(outer, 0, bytes);
    }

    /** From 198.51.100.2 to 198.51.100.1, TTL 61; scapy 2.5 made these. */
    @Test
    void shouldWriteWhatScapyDoes() {
        assertThat(hex(TunnelKinds.all().get(0).encapsulate(INNER), 20))
                .isEqualTo("4500003e000000003d042952c6336402c6336401");
        assertThat(hex(TunnelKinds.all().get(1).encapsulate(INNER), 24))
                .isEqualTo("45000042000000003d2f2923c6336402c633640100000800");
        assertThat(hex(KEYED.encapsulate(INNER), 32))
                .isEqualTo("4500004a000000003d2f291bc6336402c6336401a00008008959000087654321");
        assertThat(hex(TunnelKinds.all().get(3).encapsulate(INNER), 24))
                .isEqualTo("46000042000000003d045d28c6336402c633640188044321");
        assertThat(hex(TunnelKinds.all().get(4).encapsulate(INNER), 50))
                .isEqualTo(
                        "4500005c000000003d112927c6336402c6336401c00012b50048000008000000654321000200000000030200000000040800");
        assertThat(hex(TunnelKinds.all().get(5).encapsulate(INNER), 4)).isEqualTo("5432113d");
        assertThat(hex(TunnelKinds.all().get(6).encapsulate(INNER), 28))
                .isEqualTo("45000046000000003d2f291fc6336402c6336401000088475432113d");
        assertThat(hex(TunnelKinds.all().get(7).encapsulate(INNER), 32))
                .isEqualTo("4500004a000000003d112939c6336402c6336401c00019eb003600005432113d");
        byte[] esp = TunnelKinds.all().getLast().encapsulate(INNER);
        assertThat(hex(esp, esp.length))
                .isEqualTo(
                        "45000060000000003d322902c6336402c633640100001234000000010000000000000001c944aab3f44e7cb944ab1fab"
                                + "2281634355d2d496d5c1033ff214bbb47058faf95274dddd74105aeceffeab2cd1cf403142482fdec04249627e8978fe");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldReadWhatIsInside(TunnelKind kind) {
        assertThat(kind.decapsulate(sent(kind))).isEqualTo(INNER);
        if (!kind.title().contains(TunnelKinds.ENCRYPTED)) {
            assertThat(kind.encapsulate(INNER)).endsWith(INNER);
        }
    }

    /**
     * Of what the far end reads no bit can be another one, but those that make another packet inside, and those of a UDP source port that
     * say which flow it is.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldNoticeEachWrongBitAroundThePacket(TunnelKind kind) {
        int around = sent(kind).length - INNER.length;
        for (int bit = 0; bit < around * Byte.SIZE; bit++) {
            if (isOfTheFlow(kind, bit)) {
                continue;
            }
            byte[] packet = sent(kind);
            packet[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> kind.decapsulate(packet))
                    .as("bit " + bit)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(".*(wrong|no room|reserved).*");
        }
    }

    private static boolean isOfTheFlow(TunnelKind kind, int bit) {
        boolean isUdp = kind instanceof Vxlan || kind instanceof MplsInUdp;
        int octet = bit / Byte.SIZE;
        return isUdp && ((octet == OuterIpv4.BYTES && bit % Byte.SIZE < 6) || octet == OuterIpv4.BYTES + 1);
    }

    /** What a data plane sent, DSCP and "don't fragment" outside as inside; and nothing else is its own. */
    @Test
    void shouldKnowKeepalives() {
        TunnelKind kind = TunnelKinds.keptAlive();
        byte[] sent = HexFormat.of()
                .parseHex("45c0004009804000" + "6404b80fc6336401c6336402" + "45c0002c00024000ff010308cb007103cb007102"
                        + "0800ecea000100020000000100000002f40576d759f7463a");
        assertThat(kind.isOwn(kind.decapsulate(sent))).isTrue();
        assertThat(kind.isOwn(INNER)).isFalse();
        assertThat(kind.decapsulate(sent(kind))).isEqualTo(INNER);
        for (int bit = 0; bit < OuterIpv4.BYTES * Byte.SIZE; bit++) {
            byte[] packet = sent.clone();
            packet[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> kind.decapsulate(packet)).hasMessageContaining("wrong");
        }
    }

    @Test
    void shouldNoticeEachWrongBitOfAVirtualLinksHeader() {
        byte[] right = VirtualLinkHeader.encapsulate(0x123456, INNER);
        assertThat(hex(right, VirtualLinkHeader.BYTES)).isEqualTo("00123456002a0800");
        assertThat(VirtualLinkHeader.decapsulate(0x123456, right)).isEqualTo(INNER);
        for (int bit = 0; bit < VirtualLinkHeader.BYTES * Byte.SIZE; bit++) {
            byte[] packet = right.clone();
            packet[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> VirtualLinkHeader.decapsulate(0x123456, packet))
                    .hasMessageContaining("wrong");
        }
        assertThatThrownBy(() -> VirtualLinkHeader.decapsulate(1, new byte[8])).hasMessageContaining("no room");
    }

    @Test
    void shouldNameEachFault() {
        refused(0, 0x46, "a wrong outer header");
        refused(1, 1, "a wrong outer header");
        refused(3, 1, "a wrong outer length");
        refused(6, 0x40, "a wrong outer fragment field");
        refused(8, OuterIpv4.HOP_LIMIT - 1, "a wrong outer TTL");
        refused(9, 4, "a wrong protocol");
        refused(15, 9, "a wrong outer source");
        refused(19, 9, "a wrong outer destination");
        refused(20, 0x20, "wrong GRE flags");
        refused(22, 0x86, "a wrong type in GRE");
        refused(25, 0, "a wrong GRE checksum");
        assertThatThrownBy(() -> KEYED.decapsulate(new byte[20])).hasMessage("a wrong outer header");
    }

    private static void refused(int offset, int octet, String fault) {
        ByteBuffer packet = ByteBuffer.wrap(sent(KEYED)).put(offset, (byte) octet);
        assertThatThrownBy(() -> KEYED.decapsulate(SentPackets.withChecksum(packet)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault);
    }

    @Test
    void shouldNoticeAnotherKeyThoughTheChecksumIsRight() {
        TunnelKind other = new Gre("x", GreOptions.KEY | GreOptions.CHECKSUM, 7);
        assertThatThrownBy(() -> KEYED.decapsulate(sent(other))).hasMessage("a wrong key");
    }

    @ParameterizedTest
    @MethodSource("overIp")
    void shouldRefuseGarbage(TunnelKind kind) {
        Random random = new Random(1);
        for (int n = 0; n < 20_000; n++) {
            byte[] packet = new byte[random.nextInt(60)];
            random.nextBytes(packet);
            if (packet.length > 20) {
                System.arraycopy(sent(kind), 0, packet, 0, random.nextInt(20));
            }
            assertThatThrownBy(() -> kind.decapsulate(packet)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldProgramVireosEnd() {
        assertThat(TunnelKinds.all().stream().map(kind -> kind.localEnd(new InterfaceSpec(), 1)))
                .containsExactly(
                        end(Encapsulation.IPIP),
                        end(Encapsulation.GRE),
                        end(Encapsulation.GRE).gre(GreOptions.KEY | GreOptions.CHECKSUM, 0x87654321),
                        end(Encapsulation.VNS).vns(VnsOption.STREAM_ID, 0x4321),
                        end(Encapsulation.VXLAN).vxlan(4789, 0x654321),
                        end(Encapsulation.MPLS).mpls(0x54321, 0x54321),
                        end(Encapsulation.MPLS_GRE).mpls(0x54321, 0x54321),
                        mplsInUdp(),
                        end(Encapsulation.ESP).esp(EspAlgorithm.AES_GCM_128, 1024, false));
    }

    private static InterfaceSpec mplsInUdp() {
        InterfaceSpec spec = end(Encapsulation.MPLS_UDP).mpls(0x54321, 0x54321);
        spec.tunnel().udpPort(6635);
        return spec;
    }

    private static InterfaceSpec end(Encapsulation encapsulation) {
        return new InterfaceSpec().tunnel(encapsulation, 1, AddressFamily.IPV4, 0, 0xc6336401L, 0, 0xc6336402L, 100);
    }

    /** The example of RFC 1071 §3, and an odd byte. */
    @Test
    void shouldSumAsTheStandardDoes() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("ff0001f203f4f5f6f7"));
        assertThat(InternetChecksum.sum(bytes, 1, 8)).isEqualTo(0xddf2);
        assertThat(InternetChecksum.sum(bytes, 0, 1)).isEqualTo(0xff00);
    }
}
