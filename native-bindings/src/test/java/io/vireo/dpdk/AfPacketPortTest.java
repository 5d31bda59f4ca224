package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ports on Linux interfaces, through a real veth pair: what the data plane relies on and the driver's manual does not say. */
@ExtendWith(RunningEal.class)
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AfPacketPortTest {
    private static final int VLAN_TAG_OFFSET = 12;
    private static final int VLAN_TAG_BYTES = 4;

    private final Random random = new Random(3);
    private final long pid = ProcessHandle.current().pid();
    private final String left = "nvl" + pid;
    private final String right = "nvr" + pid;
    private final MbufArray mbufs = MbufArray.allocate(32);
    private final Mempool pool =
            Mempool.create("veth-test", new MempoolConfig().mbufs(511).cacheMbufs(0));

    @BeforeEach
    void addVeth() throws Exception {
        run("ip", "link", "add", left, "type", "veth", "peer", "name", right);
        for (String side : new String[] {left, right}) {
            // The host's own neighbour discovery would show up in the ports.
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf", side, "disable_ipv6"), "1");
            run("ip", "link", "set", side, "up");
        }
    }

    @AfterEach
    void removeVeth() throws Exception {
        run("ip", "link", "del", left);
        assertThat(pool.inUseCount()).as("mbufs leaked").isZero();
        pool.close();
    }

    @Test
    void shouldCarryFramesBothWays() {
        try (EthdevPort a = started(left);
                EthdevPort b = started(right)) {
            for (int lengthBytes = 60; lengthBytes <= 1514; lengthBytes += 97) {
                assertThat(carry(a, b, frame(lengthBytes))).isZero();
                assertThat(carry(b, a, frame(lengthBytes))).isZero();
            }
        }
    }

    @Test
    void shouldKeepTheVlanTagInTheFrame() {
        try (EthdevPort a = started(left);
                EthdevPort b = started(right)) {
            byte[] priorityTagged = tagged(frame(200), 0xA00A);
            byte[] longest = tagged(frame(1518), 4094);

            assertThat(carry(a, b, priorityTagged))
                    .as("the kernel took the tag, the driver put it back")
                    .isEqualTo(VLAN_TAG_BYTES);
            assertThat(carry(a, b, longest)).isEqualTo(VLAN_TAG_BYTES);
        }
    }

    @Test
    void shouldSwitchTheInterfaceToPromiscuousMode() throws IOException {
        try (EthdevPort port = started(left)) {
            assertThat(flags() & 0x100).as("IFF_PROMISC").isZero();
            assertThat(port.promiscuous(true)).isTrue();
            assertThat(flags() & 0x100).as("IFF_PROMISC").isNotZero();
            assertThat(port.promiscuous(false)).isTrue();
            assertThat(flags() & 0x100).as("IFF_PROMISC").isZero();
            assertThat(port.allMulticast(true)).as("the driver cannot").isFalse();
        }
    }

    @Test
    void shouldRefuseJumboFrames() {
        try (EthdevPort port = EthdevPort.plug("net_af_packet_" + left + ",iface=" + left)) {
            assertThatThrownBy(() -> port.configure(new PortConfig().mtuBytes(9000), pool))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageStartingWith("cannot configure port 'net_af_packet_" + left
                            + "': Invalid argument. DPDK said: Frame size (9018) > device max frame size (1518)");
        }
    }

    /** Sends a frame and waits for it, and gives how many bytes of headroom the driver used up. */
    private int carry(EthdevPort from, EthdevPort to, byte[] frame) {
        pool.allocate(mbufs, 0, 1);
        Memory.copy(frame, 0, Mbuf.append(mbufs.get(0), frame.length), frame.length);
        assertThat(from.txQueue(0).send(mbufs, 0, 1)).isEqualTo(1);

        while (to.rxQueue(0).receive(mbufs, 0, 1) == 0) {
            Thread.onSpinWait();
        }
        long mbuf = mbufs.get(0);
        byte[] received = new byte[Mbuf.packetLength(mbuf)];
        Memory.copy(Mbuf.dataAddress(mbuf), received, 0, received.length);
        int headroomUsed = Mbuf.HEADROOM_BYTES - Mbuf.headroom(mbuf);
        Mempool.free(mbufs, 0, 1);
        assertThat(received).isEqualTo(frame);
        return headroomUsed;
    }

    private byte[] frame(int lengthBytes) {
        byte[] frame = new byte[lengthBytes];
        random.nextBytes(frame);
        frame[0] = 2;
        frame[6] = 2;
        frame[VLAN_TAG_OFFSET] = 0x08;
        frame[VLAN_TAG_OFFSET + 1] = 0x00;
        return frame;
    }

    private static byte[] tagged(byte[] frame, int tci) {
        frame[VLAN_TAG_OFFSET] = (byte) 0x81;
        frame[VLAN_TAG_OFFSET + 1] = 0x00;
        frame[VLAN_TAG_OFFSET + 2] = (byte) (tci >> 8);
        frame[VLAN_TAG_OFFSET + 3] = (byte) tci;
        return frame;
    }

    private EthdevPort started(String hostInterface) {
        EthdevPort port = EthdevPort.plug("net_af_packet_" + hostInterface + ",iface=" + hostInterface);
        port.configure(new PortConfig(), pool);
        port.start();
        return port;
    }

    private int flags() throws IOException {
        return Integer.decode(
                Files.readString(Path.of("/sys/class/net", left, "flags")).strip());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
