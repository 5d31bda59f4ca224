package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.interfaces.SecondaryMacs;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.TopologyProxy;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Carriers, devices that go and come again, further MAC addresses, and kinds of VLAN tags. */
class DevicesComeAndGoTest {
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST_A = 0x02000000aa01L;
    private static final long HOST_B = 0x02000000aa02L;
    private static final long VIRTUAL = 0x00005e000105L; // RFC 9568 7.3
    private static final int IP_A = 0x0a000102;
    private static final int IP_B = 0x0a000202;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int B = 11;
    private static final byte[] PACKET = TestFrames.ipv4(IP_A, IP_B, 64, 100);
    private static final byte[] FRAME = TestFrames.ethernet(MAC_A, HOST_A, 0x0800, PACKET);

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    private final TopologyProxy topology = dataplane.proxy.topology();

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    /** Port 0 with interface A receives {@code frames}; by B on port 1 they leave for host B. */
    private void start(byte[]... frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        program();
        dataplane.settle();
    }

    private void program() {
        topology.addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        topology.addInterface(2, TestInterfaces.access(A, ROUTER, 0, 0, MAC_A, 1500, "a"));
        topology.addInterface(3, TestInterfaces.access(B, ROUTER, 1, 0, MAC_B, 1500, "b"));
        NextHops onB = new NextHops().add(B, 0, 0, 1);
        var tables = dataplane.proxy.tables();
        tables.addRoute(4, ROUTER, AddressFamily.IPV4, 0, 0x0a000200, 24, RouteKind.UNICAST, onB);
        tables.addRoute(5, ROUTER, AddressFamily.IPV4, 0, 0x0a000101, 32, RouteKind.LOCAL, NextHops.NONE);
        tables.addNeighbour(6, B, AddressFamily.IPV4, 0, IP_B, HOST_B);
    }

    /** The device of a port goes, and comes again with its frames. */
    private void replug(int port, byte[]... frames) {
        topology.detachPort(20, port);
        dataplane.settle();
        dataplane.port(port, frames);
        dataplane.settle();
    }

    private long dropped(DropReason reason) {
        return dataplane.drops(ROUTER, reason);
    }

    private long sentByB() {
        return dataplane.statistics().interfaceCounts(B).txPackets();
    }

    @Test
    void shouldDropWhatWouldLeaveByAPortWithoutCarrier() {
        topology.setPortLink(1, 1, false); // before the port is there
        start(FRAME, FRAME);
        assertThat(dataplane.events.ports).containsEntry(0, PortState.UP).containsEntry(1, PortState.DOWN);

        dataplane.run();
        assertThat(dropped(DropReason.PORT_DOWN)).isEqualTo(2);
        assertThat(sentByB()).isZero();

        topology.setPortLink(2, 1, true);
        replug(0, FRAME);
        dataplane.run();
        assertThat(dataplane.events.ports).containsEntry(1, PortState.UP);
        assertThat(sentByB()).isEqualTo(1);
        assertThat(dataplane.sent(1)).hasSize(1);
    }

    @Test
    void shouldFollowAFlappingCarrierToItsLastState() {
        start(FRAME);
        for (int flap = 0; flap < 1_000; flap++) {
            topology.setPortLink(1, 1, flap % 2 == 0);
            dataplane.conduct();
            assertThat(dataplane.events.ports).containsEntry(1, flap % 2 == 0 ? PortState.UP : PortState.DOWN);
        }
        dataplane.run();
        assertThat(dropped(DropReason.PORT_DOWN)).isEqualTo(1);
    }

    @Test
    void shouldForgetTheCarrierWithItsPort() {
        topology.setPortLink(1, 3, false);
        dataplane.port(3);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(3, PortState.DOWN);
        topology.removePort(2, 3);
        dataplane.settle();
        dataplane.port(3);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(3, PortState.UP);
    }

    @Test
    void shouldKeepInterfacesAndOtherPortsWhileADeviceIsGone() {
        start(FRAME);
        topology.detachPort(20, 1);
        topology.detachPort(21, 1); // repeating it is harmless
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(1, PortState.DOWN).containsEntry(0, PortState.UP);
        dataplane.run();
        assertThat(dropped(DropReason.PORT_DOWN)).isEqualTo(1);

        for (int time = 0; time < 3; time++) {
            replug(1);
            replug(0, FRAME);
            dataplane.run();
            assertThat(sentByB()).isEqualTo(1 + time);
            assertThat(dataplane.events.ports).containsEntry(1, PortState.UP);
        }
        assertThat(dataplane.statistics().portCounts(1).txPackets()).isEqualTo(3);
    }

    @Test
    void shouldStayDetachedWhenTheDeviceCannotBeOpened() {
        start(FRAME);
        topology.detachPort(20, 1);
        dataplane.settle();
        topology.addPort(30, 1, 1, 512, 1500, "port1", "net_af_packet_gone,iface=nosuchdevice");
        dataplane.conduct();
        assertThat(dataplane.events.refusals).hasSize(1).first().asString().startsWith("DEVICE devargs: ");
        assertThat(dataplane.events.ports).containsEntry(1, PortState.FAILED);
        dataplane.events.refusals.clear();

        dataplane.port(1);
        dataplane.settle();
        dataplane.run();
        assertThat(sentByB()).isEqualTo(1);
    }

    @Test
    void shouldRemoveAPortWhoseDeviceIsGone() {
        start();
        topology.removeInterface(20, B);
        topology.detachPort(21, 1);
        topology.removePort(22, 1);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(1, PortState.REMOVED);
        topology.detachPort(23, 1);
        dataplane.conduct();
        assertThat(dataplane.events.refusals).containsExactly("NOT_FOUND portId: there is no port 1");
    }

    @Test
    void shouldSweepADetachedPortThatNobodyWants() {
        start();
        topology.detachPort(20, 1);
        dataplane.proxy.resyncBegin(21, 1);
        dataplane.proxy.resyncEnd(22, 1);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(1, PortState.REMOVED);
    }

    @Test
    void shouldChangeNothingWhenTheDeviceRefusesAnMtu() {
        start(FRAME);
        topology.addPort(30, 1, 1, 512, 1400, "port1", "net_pcap_other"); // another device: not the one that is open
        dataplane.conduct();
        assertThat(dataplane.events.refusals).hasSize(1).first().asString().startsWith("IN_USE portId: ");
        dataplane.run();
        assertThat(sentByB()).isEqualTo(1);
    }

    @Test
    void shouldForwardAndPuntWhatIsForAFurtherMac() {
        byte[] transit = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, PACKET);
        byte[] local = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, TestFrames.ipv4(IP_A, 0x0a000101, 64, 100));
        byte[] arp = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0806, new byte[46]);
        start(transit, local, arp);
        topology.addInterfaceMac(20, A, VIRTUAL);
        dataplane.settle();
        dataplane.run();
        assertThat(sentByB()).isEqualTo(1);
        assertThat(dataplane.punts.reasons).containsExactlyInAnyOrder(PuntReason.LOCAL.code(), PuntReason.ARP.code());
        assertThat(dataplane.punts.frames).containsExactlyInAnyOrder(local, arp); // with the address they came to
        assertThat(dropped(DropReason.WRONG_MAC)).isZero();

        topology.removeInterfaceMac(21, A, VIRTUAL);
        replug(0, transit);
        dataplane.run();
        assertThat(dropped(DropReason.WRONG_MAC)).isEqualTo(1);
    }

    @Test
    void shouldTakeFurtherMacsOfTheInterfaceOnly() {
        start(TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, PACKET));
        topology.addInterfaceMac(20, B, VIRTUAL);
        dataplane.settle();
        dataplane.run();
        assertThat(dropped(DropReason.WRONG_MAC)).isEqualTo(1);
    }

    @Test
    void shouldSweepFurtherMacsThatNobodyWants() {
        byte[] kept = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, PACKET);
        byte[] stale = TestFrames.ethernet(VIRTUAL + 1, HOST_A, 0x0800, PACKET);
        start(kept, stale);
        topology.addInterfaceMac(20, A, VIRTUAL);
        topology.addInterfaceMac(21, A, VIRTUAL + 1);
        dataplane.proxy.resyncBegin(22, 1);
        dataplane.port(0, kept, stale);
        dataplane.port(1);
        program();
        topology.addInterfaceMac(23, A, VIRTUAL);
        dataplane.proxy.resyncEnd(24, 1);
        dataplane.settle();
        dataplane.run();
        assertThat(sentByB()).isEqualTo(1);
        assertThat(dropped(DropReason.WRONG_MAC)).isEqualTo(1);
    }

    @Test
    void shouldTakeTheMacAndMtuThatLinuxHas() {
        byte[] old = TestFrames.ethernet(MAC_A, HOST_A, 0x0800, PACKET);
        byte[] now = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, PACKET);
        byte[] tooLong = TestFrames.ethernet(VIRTUAL, HOST_A, 0x0800, TestFrames.ipv4(IP_A, IP_B, 64, 1_281));
        start(old, now, tooLong);
        topology.setInterfaceLink(20, A, VIRTUAL, 1500);
        topology.setInterfaceLink(21, B, VIRTUAL + 1, 1280);
        dataplane.settle();
        dataplane.run();
        assertThat(dropped(DropReason.WRONG_MAC)).isEqualTo(1);
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.TOO_BIG.code());
        assertThat(dataplane.sent(1)).hasSize(1);
        assertThat(Arrays.copyOfRange(dataplane.sent(1).getFirst(), 6, 12)).isEqualTo(new byte[] {0, 0, 0x5e, 0, 1, 6});
    }

    @Test
    void shouldRefuseAnMtuThatThePortDoesNotTakeAndChangeNothing() {
        start(FRAME);
        topology.setInterfaceLink(20, A, VIRTUAL, 1501);
        dataplane.conduct();
        assertThat(dataplane.events.refusals)
                .containsExactly("INVALID mtu: the port and the packet buffers allow at most 1500 bytes");
        dataplane.run();
        assertThat(sentByB()).isEqualTo(1);
    }

    @Test
    void shouldLimitFurtherMacsAndForgetThemWithTheInterface() {
        start();
        for (int n = 0; n < SecondaryMacs.MAX_PER_INTERFACE; n++) {
            topology.addInterfaceMac(20, A, VIRTUAL + n);
        }
        topology.addInterfaceMac(21, A, VIRTUAL); // is there already
        dataplane.settle();
        topology.addInterfaceMac(22, A, MAC_B);
        dataplane.conduct();
        assertThat(dataplane.events.refusals)
                .containsExactly("LIMIT mac: an interface has at most 63 addresses beyond its own");
        dataplane.events.refusals.clear();

        topology.removeInterface(23, A);
        topology.addInterface(24, TestInterfaces.access(A, ROUTER, 0, 0, MAC_A, 1500, "a"));
        topology.addInterfaceMac(25, A, MAC_B);
        dataplane.settle();
        topology.removeInterfaceMac(26, A, VIRTUAL);
        dataplane.conduct();
        assertThat(dataplane.events.refusals).containsExactly("NOT_FOUND mac: not an address of interface 10");
    }

    @Test
    void shouldDistinguishTheKindsOfTags() {
        byte[] inner = TestFrames.tagged(MAC_A, HOST_A, 5, 0x0800, PACKET);
        byte[] innerTag = Arrays.copyOfRange(inner, 14, inner.length); // behind another tag's type
        List<byte[]> frames = List.of(
                TestFrames.tagged(MAC_A, HOST_A, 0, 0x0800, PACKET), // priority: of the untagged interface
                TestFrames.with(TestFrames.with(TestFrames.tagged(MAC_A, HOST_A, 0, 0x0800, PACKET), 14, 0xe0), 15, 0),
                retagged(0x88, 0xa8, TestFrames.tagged(MAC_A, HOST_A, 0, 0x0800, PACKET)),
                retagged(0x88, 0xa8, TestFrames.tagged(MAC_A, HOST_A, 5, 0x0800, PACKET)),
                retagged(0x91, 0x00, TestFrames.tagged(MAC_A, HOST_A, 5, 0x0800, PACKET)),
                TestFrames.tagged(MAC_A, HOST_A, 0, 0x8100, innerTag),
                TestFrames.tagged(MAC_A, HOST_A, 5, 0x8100, innerTag),
                TestFrames.tagged(MAC_A, HOST_A, 5, 0x88a8, innerTag),
                retagged(0x88, 0xa8, TestFrames.tagged(MAC_A, HOST_A, 5, 0x8100, innerTag)));
        dataplane.port(0, frames);
        dataplane.port(1);
        program();
        topology.addInterface(30, TestInterfaces.access(12, ROUTER, 0, 5, MAC_A, 1500, "five"));
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.statistics().interfaceCounts(A).rxPackets()).isEqualTo(2);
        assertThat(dataplane.statistics().interfaceCounts(12).rxPackets()).isZero();
        assertThat(sentByB()).isEqualTo(2);
        assertThat(dataplane.drops(-1, DropReason.SERVICE_TAGGED)).isEqualTo(3);
        assertThat(dataplane.drops(-1, DropReason.DOUBLE_TAGGED)).isEqualTo(4);
    }

    private static byte[] retagged(int first, int second, byte[] tagged) {
        return TestFrames.with(TestFrames.with(tagged, 12, first), 13, second);
    }
}
