package io.vireo.dataplane.membership;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One wire whose hosts are of two VPNs or of none, and what is behind: with the same addresses in all three.
 *
 * <pre>
 *   hosts ── VLAN 10 of port 0 ──┬── OWN   router base   VLAN 33 of port 1 ──┐
 *                                ├── RED   router red    VLAN 31 ────────────┼── gateway ── 10.9/16, 2001:db8:9::/48
 *                                └── BLUE  router blue   VLAN 32 ────────────┘
 * </pre>
 */
final class MemberRig implements AutoCloseable {
    static final int RED_ID = 7;
    static final int BLUE_ID = 0x70008;
    static final int BASE_ID = 1;
    static final int BASE = 1;
    static final int RED = 2;
    static final int BLUE = 3;
    static final int OWN = 11;
    static final int SHARED_RED = 12;
    static final int SHARED_BLUE = 13;
    static final int VLAN = 10;

    static final long HOST1 = 0x02000000aa01L;
    static final long HOST2 = 0x02000000aa02L;
    static final long GATEWAY = 0x02000000bb01L;
    static final int ADDRESS1 = 0x0a000005;
    static final int ADDRESS2 = 0x0a000006;
    static final int FAR = 0x0a090001;
    static final long NET6 = 0x20010db8_00000000L;
    static final long FAR6 = 0x20010db8_00090000L;

    private static final int MTU = 1400;
    private static final int UDP = 17;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    MemberRig(List<byte[]> fromHosts, List<byte[]> fromGateway) {
        dataplane.port(0, fromHosts);
        dataplane.port(1, fromGateway);
        add();
    }

    /** Adds everything, or repeats it in a resynchronisation. */
    void add() {
        var topology = dataplane.proxy.topology();
        for (int router : new int[] {BASE, RED, BLUE}) {
            topology.addRouter(1, router, router, 1_000_000, 1_000_000, "r" + router);
        }
        topology.addInterface(2, onWire(OWN, BASE));
        topology.addInterface(2, onWire(SHARED_RED, RED).vns(VnsOption.SHARED, RED_ID));
        topology.addInterface(2, onWire(SHARED_BLUE, BLUE).vns(VnsOption.SHARED, BLUE_ID));
        for (int router : new int[] {BASE, RED, BLUE}) {
            addWays(router);
        }
        dataplane.settle();
    }

    /** The hosts' addresses lie the other way round in blue. */
    private void addWays(int router) {
        int behind = behind(router);
        dataplane
                .proxy
                .topology()
                .addInterface(2, TestInterfaces.access(behind, router, 1, 30 + router, mac(behind), MTU, "b" + router));
        neighbour(behind, AddressFamily.IPV4, 0, 0x0a010002, GATEWAY);
        neighbour(behind, AddressFamily.IPV6, FAR6, 2, GATEWAY);
        route(router, AddressFamily.IPV4, 0, 0x0a090000, 16, new NextHops().add(behind, 0, 0x0a010002, 1));
        route(router, AddressFamily.IPV6, FAR6, 0, 48, new NextHops().add(behind, FAR6, 2, 1));
        int onWire = OWN + router - BASE;
        route(router, AddressFamily.IPV4, 0, 0x0a000000, 24, new NextHops().add(onWire, 0, 0, 1));
        route(router, AddressFamily.IPV6, NET6, 0, 64, new NextHops().add(onWire, 0, 0, 1));
        neighbour(onWire, AddressFamily.IPV4, 0, ADDRESS1, router == BLUE ? HOST2 : HOST1);
        neighbour(onWire, AddressFamily.IPV6, NET6, 5, router == BLUE ? HOST2 : HOST1);
    }

    void route(int router, AddressFamily family, long high, long low, int length, NextHops via) {
        dataplane.proxy.tables().addRoute(4, router, family, high, low, length, RouteKind.UNICAST, via);
    }

    private void neighbour(int interfaceId, AddressFamily family, long high, long low, long mac) {
        dataplane.proxy.tables().addNeighbour(5, interfaceId, family, high, low, mac);
    }

    static InterfaceSpec onWire(int id, int router) {
        return TestInterfaces.access(id, router, 0, VLAN, mac(id), MTU, "w" + id);
    }

    static int behind(int router) {
        return 20 + router;
    }

    static long mac(int interfaceId) {
        return 0x020000000100L + interfaceId;
    }

    /** Of all that comes from a host. */
    static MemberTuple from(int vpnId, int address) {
        return new MemberTuple(vpnId, MemberTuple.ANY, null, null, host(address), null);
    }

    static MemberTuple from6(int vpnId, long low) {
        return new MemberTuple(vpnId, MemberTuple.ANY, null, null, new FilterPrefix(false, NET6, low, 128), null);
    }

    static MemberTuple toUdpPort(int vpnId, int port) {
        return new MemberTuple(vpnId, UDP, null, PortRange.of(port), null, null);
    }

    private static FilterPrefix host(int address) {
        return new FilterPrefix(true, 0, address & 0xffff_ffffL, 32);
    }

    /** Host 1 is red's, host 2 blue's. */
    static final List<MemberTuple> HOSTS =
            List.of(from(RED_ID, ADDRESS1), from6(RED_ID, 5), from(BLUE_ID, ADDRESS2), from6(BLUE_ID, 6));

    static MemberList list(List<MemberTuple> tuples, Otherwise otherwise) {
        return new MemberList(tuples, List.of(), otherwise, otherwise == Otherwise.VPN ? BLUE_ID : 0);
    }

    MemberRig with(MemberList list) {
        dataplane.proxy.members().setMembers(6, OWN, list.image());
        dataplane.settle();
        return this;
    }

    MemberRig run() {
        dataplane.run();
        return this;
    }

    long received(int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    static byte[] onWire(long destination, long source, byte[] packet) {
        return TestFrames.tagged(destination, source, VLAN, (packet[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd, packet);
    }

    /** A frame of a host to what is far, by an interface. */
    static byte[] fromHost(int interfaceId, int address) {
        return onWire(mac(interfaceId), address == ADDRESS1 ? HOST1 : HOST2, TestFrames.ipv4(address, FAR, 64, 8));
    }

    /** The frame as it arrives there, of a router. */
    static byte[] arrived(int router, byte[] packet) {
        int type = (packet[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd;
        return TestFrames.tagged(GATEWAY, mac(behind(router)), 30 + router, type, packet);
    }

    static byte[] arrived(int router, int address) {
        return arrived(router, TestFrames.ipv4(address, FAR, 63, 8));
    }

    static byte[] arp(long destination, long source, int target) {
        byte[] message = ByteBuffer.allocate(28)
                .putLong(0x0001_0800_0604_0001L)
                .putShort((short) (source >> 32))
                .putInt((int) source)
                .putInt(ADDRESS1)
                .put(new byte[6])
                .putInt(target)
                .array();
        return TestFrames.tagged(destination, source, VLAN, 0x0806, message);
    }

    @Override
    public void close() {
        dataplane.close();
    }
}
