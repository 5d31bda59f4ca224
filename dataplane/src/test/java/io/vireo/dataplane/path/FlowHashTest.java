package io.vireo.dataplane.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.encapsulation.VnsPacket;
import io.vireo.dataplane.wire.code.VnsOption;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowHashTest {
    private static final int UDP = 17;
    private static final int FRAGMENT_HEADER = 44;
    private static final long HIGH = 0x20010db8_00000000L;

    private final Arena arena = Arena.ofConfined();
    private final Random random = new Random(5);

    @AfterEach
    void free() {
        arena.close();
    }

    private long address(byte[] packet) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, packet).address();
    }

    private int ipv4(byte[] packet, long seed) {
        return FlowHash.ipv4(address(packet), packet.length, seed);
    }

    private int ipv6(byte[] packet, long seed) {
        return FlowHash.ipv6(address(packet), packet.length, seed);
    }

    private static byte[] udp4(int sourcePort) {
        byte[] packet = TestFrames.ipv4(0x0a010102, 0x0a050001, 64, 40);
        ByteBuffer.wrap(packet).putShort(20, (short) sourcePort).putShort(22, (short) 9);
        return packet;
    }

    private static byte[] udp6(int sourcePort, int flowLabel) {
        byte[] packet = TestFrames.ipv6(HIGH, 2, HIGH, 0x50001, UDP, 64, 40);
        ByteBuffer.wrap(packet)
                .putInt(0, 0x60000000 | flowLabel)
                .putShort(40, (short) sourcePort)
                .putShort(42, (short) 9);
        return packet;
    }

    @Test
    void shouldDistinguishFlowsByTheirPorts() {
        assertThat(ipv4(udp4(1), 0)).isNotEqualTo(ipv4(udp4(2), 0));
        assertThat(ipv6(udp6(1, 0), 0)).isNotEqualTo(ipv6(udp6(2, 0), 0));
    }

    /** Of a packet that shows no ports, a fragment too. */
    @Test
    void shouldDistinguishFlowsByTheirIdentifierBesideTheVpnId() {
        byte[] ipIp = TestFrames.with(TestFrames.ipv4(0x0a010102, 0x0a050001, 64, 40), Ipv4.PROTOCOL, 4);
        byte[] fragment = TestFrames.with(udp4(1), Ipv4.FRAGMENT, 0x20);
        for (byte[] packet : List.of(ipIp, fragment)) {
            int none = ipv4(packet, 0);
            assertThat(ipv4(withFlow(packet, 1), 0)).isNotEqualTo(none).isNotEqualTo(ipv4(withFlow(packet, 0x100), 0));
            assertThat(ipv4(VnsPacket.withOptions(packet, VnsPacket.options(VnsOption.EXPERIMENTAL, 9, 0)), 0))
                    .isEqualTo(none);
            assertThat(ipv4(VnsPacket.withOptions(packet, VnsPacket.options(VnsOption.STREAM_ID, 9, 0)), 0))
                    .isEqualTo(none);
            assertThat(ipv4(VnsPacket.withOptions(packet, new byte[] {(byte) 158, 9, 0, 0}), 0))
                    .isEqualTo(none);
        }
        assertThat(ipv4(withFlow(udp4(1), 1), 0)).isEqualTo(ipv4(udp4(1), 0));
    }

    private static byte[] withFlow(byte[] packet, int flow) {
        return VnsPacket.withOptions(packet, VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, 9, flow));
    }

    @Test
    void shouldNotLookAtWhatChangesWithinAFlow() {
        byte[] packet = udp4(1);
        byte[] marked = TestFrames.with(TestFrames.with(packet, Ipv4.TOS, 3), Ipv4.TTL, 7);
        assertThat(ipv4(TestFrames.with(marked, Ipv4.IDENTIFICATION, 9), 4)).isEqualTo(ipv4(packet, 4));
        byte[] packet6 = udp6(1, 0);
        // the traffic class lies around the version and the label's first bits
        byte[] marked6 = TestFrames.with(TestFrames.with(packet6, 0, 0x6b), 1, 0xb0);
        assertThat(ipv6(TestFrames.with(marked6, Ipv6.HOP_LIMIT, 7), 4)).isEqualTo(ipv6(packet6, 4));
    }

    /** All fragments have the same addresses and protocol, and only the first has ports. */
    @Test
    void shouldHashAllFragmentsOfADatagramAlike() {
        for (int round = 0; round < 100; round++) {
            byte[] first = udp4(random.nextInt(65_536));
            ByteBuffer.wrap(first).putShort(Ipv4.FRAGMENT, (short) 0x2000);
            byte[] middle = udp4(random.nextInt(65_536));
            ByteBuffer.wrap(middle).putShort(Ipv4.FRAGMENT, (short) (0x2000 | 1 + random.nextInt(0x1fff)));
            byte[] last = udp4(random.nextInt(65_536));
            ByteBuffer.wrap(last).putShort(Ipv4.FRAGMENT, (short) (1 + random.nextInt(0x1fff)));
            long seed = random.nextLong();
            assertThat(ipv4(middle, seed)).isEqualTo(ipv4(first, seed));
            assertThat(ipv4(last, seed)).isEqualTo(ipv4(first, seed));
        }
    }

    @Test
    void shouldHashAllFragmentsOfAnIpv6DatagramAlikeWithAndWithoutALabel() {
        for (int label : new int[] {0, 0xabcde}) {
            int expected = ipv6(fragment6(label), 8);
            for (int round = 0; round < 100; round++) {
                assertThat(ipv6(fragment6(label), 8)).isEqualTo(expected);
            }
        }
    }

    /** Whatever follows the header: in the first fragment ports, in others data. */
    private byte[] fragment6(int label) {
        byte[] packet = udp6(random.nextInt(65_536), label);
        packet[Ipv6.NEXT_HEADER] = FRAGMENT_HEADER;
        byte[] data = new byte[30];
        random.nextBytes(data);
        System.arraycopy(data, 0, packet, Ipv6.HEADER_BYTES, data.length);
        return packet;
    }

    @Test
    void shouldGoByTheFlowLabelWhereThereIsOne() {
        assertThat(ipv6(udp6(1, 0x12345), 0)).isEqualTo(ipv6(udp6(2, 0x12345), 0));
        for (int bit = 1; bit < 1 << 20; bit <<= 1) {
            assertThat(ipv6(udp6(1, bit), 0))
                    .as("label %x", bit)
                    .isNotEqualTo(ipv6(udp6(1, 0), 0))
                    .isNotEqualTo(ipv6(udp6(1, bit ^ 0x80000 ^ 1), 0));
        }
    }

    /** Flows that one router sends to the second must still take all paths there, whatever the seeds and whatever differs. */
    @Test
    void shouldNotPolarise() {
        for (int paths : new int[] {2, 3, 8}) {
            for (int pair = 0; pair < 20; pair++) {
                long first = FlowHash.seed(FlowHash.spread(pair), 3);
                // the next node with the next seed, or the next router of the same node
                long second = pair % 2 == 0
                        ? FlowHash.seed(FlowHash.spread(pair + 1), 3)
                        : FlowHash.seed(FlowHash.spread(pair), 4);
                assertSpread(paths, first, second, true);
                assertSpread(paths, first, second, false);
            }
        }
    }

    private void assertSpread(int paths, long first, long second, boolean isIpv4) {
        int flows = 4096;
        byte[] packet = isIpv4 ? udp4(0) : udp6(0, 0);
        MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, packet);
        int[][] counts = new int[paths][paths];
        for (int port = 0; port < flows; port++) {
            memory.set(ValueLayout.JAVA_BYTE, isIpv4 ? 20 : 40, (byte) (port >> 8));
            memory.set(ValueLayout.JAVA_BYTE, isIpv4 ? 21 : 41, (byte) port);
            counts[path(memory, packet.length, first, isIpv4, paths)][
                    path(memory, packet.length, second, isIpv4, paths)]++;
        }
        int share = flows / paths / paths;
        for (int[] row : counts) {
            for (int count : row) {
                // five standard deviations
                assertThat(count).isBetween((int) (share - 5 * Math.sqrt(share)), (int) (share + 5 * Math.sqrt(share)));
            }
        }
    }

    private static int path(MemorySegment packet, int length, long seed, boolean isIpv4, int paths) {
        int hash =
                isIpv4 ? FlowHash.ipv4(packet.address(), length, seed) : FlowHash.ipv6(packet.address(), length, seed);
        return ((hash >>> 22) * paths) >>> 10;
    }
}
