package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TapDeviceTest {
    private static final long SECOND_NS = 1_000_000_000L;
    // Who has 10.7.0.1? Tell 10.7.0.2 at 02:00:00:00:00:02.
    private static final byte[] ARP_REQUEST = HexFormat.of()
            .parseHex("ffffffffffff0200000000020806" + "0001080006040001" + "0200000000020a070002"
                    + "0000000000000a070001");

    @Test
    void shouldExchangeFramesWithTheKernel() {
        try (TestNamespace test = new TestNamespace();
                Descriptor queue = test.namespace().call(() -> TapDevice.openQueue("h1"));
                Arena arena = Arena.ofConfined()) {
            test.run("ip link set h1 address 02:00:00:00:00:01 up");
            test.run("ip address add 10.7.0.1/24 dev h1");
            MemorySegment request = arena.allocateFrom(ValueLayout.JAVA_BYTE, ARP_REQUEST);
            assertThat(queue.write(request)).isEqualTo(ARP_REQUEST.length);

            byte[] reply = readArp(queue, arena);

            assertThat(HexFormat.of().formatHex(reply, 0, 14)).isEqualTo("0200000000020200000000010806");
            assertThat(HexFormat.of().formatHex(reply, 20, 32)).isEqualTo("00020200000000010a070001");
        }
    }

    @Test
    void shouldAnswerEagainWhenThereIsNoFrame() {
        try (TestNamespace test = new TestNamespace();
                Descriptor queue = test.namespace().call(() -> TapDevice.openQueue("h1"));
                Arena arena = Arena.ofConfined()) {
            assertThat(queue.read(arena.allocate(2048))).isIn(-Errno.EAGAIN, -Errno.EIO);
        }
    }

    @Test
    void shouldKeepTheCarrierAsLongAsADetachedQueueIsOpen() {
        try (TestNamespace test = new TestNamespace()) {
            Descriptor attached = test.namespace().call(() -> TapDevice.openQueue("h1"));
            Descriptor detached = test.namespace().call(() -> TapDevice.openDetachedQueue("h1"));
            test.run("ip link set h1 up");

            attached.close();
            assertThat(test.run("ip -o link show h1")).contains("LOWER_UP");

            detached.close();
            assertThat(test.run("ip -o link show h1")).contains("NO-CARRIER");
        }
    }

    @Test
    void shouldAdoptADeviceThatPersists() {
        try (TestNamespace test = new TestNamespace()) {
            test.namespace().call(() -> TapDevice.openQueue("h1")).close();
            test.run("ip link set h1 up");

            try (Descriptor queue = test.namespace().call(() -> TapDevice.openQueue("h1"))) {
                assertThat(queue.number()).isPositive();
                assertThat(test.run("ip -o link show h1")).contains("LOWER_UP");
            }
        }
    }

    @Test
    void shouldShowAPulledCable() {
        try (TestNamespace test = new TestNamespace();
                Descriptor queue = test.namespace().call(() -> TapDevice.openQueue("h1"))) {
            test.run("ip link set h1 up");
            TapDevice.carrierOff(queue);
            assertThat(test.run("ip -o link show h1")).contains("NO-CARRIER");
            TapDevice.carrierOn(queue);
            assertThat(test.run("ip -o link show h1")).contains("LOWER_UP");
        }
    }

    @Test
    void shouldSayWhichDeviceIsNoTap() {
        try (TestNamespace test = new TestNamespace()) {
            test.run("ip link add d1 type veth peer name d2");
            assertThatThrownBy(() -> test.namespace().call(() -> TapDevice.openQueue("d1")))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("TUNSETIFF(TAP d1): Invalid argument");
        }
    }

    @Test
    void shouldRefuseANameThatLinuxCannotHold() {
        assertThatThrownBy(() -> TapDevice.openQueue("sixteen-letters-"))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("1 to 15 characters");
    }

    /** The next ARP frame, past whatever IPv6 sends of its own accord. */
    private static byte[] readArp(Descriptor queue, Arena arena) {
        MemorySegment buffer = arena.allocate(2048);
        try (Epoll epoll = new Epoll("test")) {
            epoll.add(queue, 1);
            while (epoll.await(5 * SECOND_NS, token -> {}) > 0) {
                int length = queue.read(buffer);
                byte[] frame = buffer.asSlice(0, Math.max(0, length)).toArray(ValueLayout.JAVA_BYTE);
                if (frame.length >= 42 && frame[12] == 8 && frame[13] == 6) {
                    return frame;
                }
            }
        }
        throw new AssertionError("no ARP reply within five seconds");
    }
}
