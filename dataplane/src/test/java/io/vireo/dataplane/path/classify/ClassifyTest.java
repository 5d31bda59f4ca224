package io.vireo.dataplane.path.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.interfaces.VpnIdTable;
import io.vireo.dataplane.membership.MemberTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifyTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long ALL = 0xffffffffffffL;
    private static final int ACCESS = 3;
    private static final int LINK_END = 4;
    private static final int PEER = 5;
    private static final int PORT = 1;
    private static final int VLAN = 20;
    private static final int DESTINATION = 0x0a000202;

    private final Arena arena = Arena.ofConfined();
    private final InterfaceTable interfaces = new InterfaceTable(8);
    private final PortVlanTable portVlans = new PortVlanTable(2);
    private final Burst burst = new Burst(8, 0);

    @BeforeEach
    void openInterfaces() {
        interfaces.defineAccess(ACCESS, 7, 70, 71, PORT, VLAN);
        interfaces.defineLink(LINK_END, 8, 80, 81, PEER);
        for (int id : new int[] {ACCESS, LINK_END}) {
            interfaces.setMac(id, MAC);
            interfaces.setState(id, InterfaceTable.UP);
        }
        portVlans.put(PORT, VLAN, ACCESS);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    /** Puts a frame into the burst as if it came from there. */
    private void arrive(int origin, byte[] frame) {
        long address = arena.allocate(frame.length + Long.BYTES, Long.BYTES).address();
        Memory.copy(frame, 0, address, frame.length);
        int i = burst.size++;
        burst.origin[i] = origin;
        burst.frame[i] = address;
        burst.frameLength[i] = frame.length;
    }

    private void classify() {
        new Check().process(burst);
        new Classify(portVlans, new VpnIdTable(interfaces, 2), interfaces, new MemberTable(interfaces.capacity(), 64))
                .process(burst);
    }

    private static byte[] packet4() {
        return TestFrames.ipv4(0x0a000102, DESTINATION, 64, 30);
    }

    private static byte[] tagged(long destination, byte[] packet) {
        return TestFrames.tagged(destination, HOST, VLAN, packet[0] >> 4 == 4 ? 0x0800 : 0x86dd, packet);
    }

    private void assertExcepted(int disposition, int ingress, int router) {
        assertThat(burst.exceptedCount).isEqualTo(1);
        assertThat(burst.excepted[0]).isZero();
        assertThat(burst.disposition[0]).isEqualTo(disposition);
        assertThat(burst.ingress[0]).isEqualTo(ingress);
        assertThat(burst.router[0]).isEqualTo(router);
        assertThat(burst.ipv4.count + burst.ipv6.count).isZero();
    }

    @Test
    void shouldListPlainPacketsForTheTablesOfTheirRouter() {
        arrive(PORT, tagged(MAC, packet4()));
        arrive(~LINK_END, TestFrames.ethernet(MAC, HOST, 0x0800, packet4()));
        arrive(PORT, tagged(MAC, TestFrames.ipv6(0x20010db8L << 32, 1, 0x20010db9L << 32, 2, 17, 64, 30)));
        classify();

        assertThat(burst.exceptedCount).isZero();
        assertThat(burst.ingress).startsWith(ACCESS, LINK_END, ACCESS);
        assertThat(burst.router).startsWith(7, 8, 7);
        assertThat(burst.ipv4.count).isEqualTo(2);
        assertThat(burst.ipv4.packet).startsWith(0, 1);
        assertThat(burst.ipv4.table).startsWith(70, 80);
        assertThat(burst.ipv4.destination).startsWith(DESTINATION, DESTINATION);
        assertThat(burst.ipv6.count).isEqualTo(1);
        assertThat(burst.ipv6.packet).startsWith(2);
        assertThat(burst.ipv6.table).startsWith(71);
        assertThat(burst.ipv6.destinationHigh).startsWith(0x20010db9L << 32);
        assertThat(burst.ipv6.destinationLow).startsWith(2);
    }

    @Test
    void shouldDropWhatBelongsToNoInterface() {
        arrive(PORT, TestFrames.tagged(MAC, HOST, VLAN + 1, 0x0800, packet4()));
        classify();

        assertExcepted(Disposition.drop(DropReason.NO_INTERFACE), Burst.UNKNOWN, Burst.UNKNOWN);
    }

    @Test
    void shouldDropTaggedFramesOfALink() {
        arrive(~LINK_END, tagged(MAC, packet4()));
        classify();

        assertExcepted(Disposition.drop(DropReason.NO_INTERFACE), Burst.UNKNOWN, Burst.UNKNOWN);
    }

    @Test
    void shouldDropWhatALinkBringsToAnInterfaceThatIsNotThere() {
        arrive(~PEER, TestFrames.ethernet(MAC, HOST, 0x0800, packet4()));
        classify();

        assertExcepted(Disposition.drop(DropReason.LINK_PEER_MISSING), Burst.UNKNOWN, Burst.UNKNOWN);
    }

    @Test
    void shouldChargeAnInterfaceThatIsDown() {
        interfaces.setState(ACCESS, InterfaceTable.DOWN);
        arrive(PORT, tagged(MAC, packet4()));
        classify();

        assertExcepted(Disposition.drop(DropReason.INTERFACE_DOWN), ACCESS, 7);
    }

    @Test
    void shouldDropWhatIsForAnotherStation() {
        arrive(PORT, tagged(MAC + 1, packet4()));
        classify();

        assertExcepted(Disposition.drop(DropReason.WRONG_MAC), ACCESS, 7);
    }

    @Test
    void shouldTakeAnotherMacOnceItIsSet() {
        interfaces.setMac(ACCESS, MAC + 1);
        arrive(PORT, tagged(MAC + 1, packet4()));
        classify();

        assertThat(burst.ipv4.count).isEqualTo(1);
    }

    @Test
    void shouldLetOnlyTheRouterItselfTakeUnicastThatCameToEverybody() {
        arrive(PORT, tagged(ALL, packet4()));
        classify();

        assertThat(burst.ipv4.count).isEqualTo(1);
        assertThat(CheckResult.localOnlyReason(burst.checkResult[0]))
                .isEqualTo(Disposition.drop(DropReason.LINK_BROADCAST_UNICAST));
    }

    @Test
    void shouldChargeItsInterfaceForWhatCheckFound() {
        byte[] broken = TestFrames.with(packet4(), 10, 77);
        arrive(PORT, tagged(MAC, broken));
        classify();

        assertExcepted(Disposition.drop(DropReason.IPV4_BAD_CHECKSUM), ACCESS, 7);
    }

    @Test
    void shouldPuntArpThatCameToEverybody() {
        arrive(PORT, TestFrames.tagged(ALL, HOST, VLAN, 0x0806, new byte[46]));
        classify();

        assertExcepted(Disposition.punt(PuntReason.ARP), ACCESS, 7);
    }
}
