package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.HostileKind.VPNS;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.RingWire;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.encapsulation.substrate.SubstrateFrame;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * Two VPNs with the same addresses whose tunnels of one kind come in by one port. Which VPN's a packet was taken for is seen by the VLAN
 * in which it leaves.
 *
 * <pre>
 *   host ── VLAN 1 of port 0 ── router 0 ═══ within router 8 ═╗
 *   host ── VLAN 2 of port 0 ── router 1 ═══ within router 8 ═╩═ port 1 ── far ends
 * </pre>
 */
final class HostileRig implements AutoCloseable {
    private static final int HOSTS = 10;
    private static final int TUNNELS = 20;
    private static final int U = 50;
    private static final int OTHER = 51;

    /** By which tunnels' packets come. */
    static final int VLAN = 20;

    /** Of an interface of the underlay that does not have the tunnels' addresses. */
    static final int OTHER_VLAN = 21;

    private static final int MTU = 1500;
    private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    final RingWire hosts;
    final RingWire farEnds;
    private final HostileKind kind;

    HostileRig(HostileKind kind) {
        this.kind = kind;
        hosts = dataplane.wire(0);
        farEnds = dataplane.wire(1);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, UNDERLAY, 100, 1_000_000, 1_000_000, "underlay");
        topology.addInterface(
                2,
                TestInterfaces.access(U, UNDERLAY, 1, VLAN, TunnelRig.MAC_U, MTU, "u")
                        .takesLabels(true));
        topology.addInterface(2, TestInterfaces.access(OTHER, UNDERLAY, 1, OTHER_VLAN, TunnelRig.MAC_U, MTU, "o"));
        for (AddressFamily outer : AddressFamily.values()) {
            boolean isIpv4 = outer == AddressFamily.IPV4;
            long high = isIpv4 ? 0 : TunnelRig.UNDERLAY6;
            long low = isIpv4 ? TunnelRig.LOCAL4 & 0xffff_ffffL : 1;
            dataplane
                    .proxy
                    .tables()
                    .addRoute(3, UNDERLAY, outer, high, low, isIpv4 ? 32 : 128, RouteKind.LOCAL, NextHops.NONE);
            dataplane.proxy.tables().addInterfaceAddress(3, U, outer, high, low, AddressUse.SOURCE);
        }
        neighbours(U, TunnelRig.GATEWAY);
        for (int vpn = 0; vpn < VPNS; vpn++) {
            addVpn(vpn);
            dataplane.settle();
        }
        if (kind == HostileKind.LABEL_TABLE) {
            NextHops on = new NextHops().add(U, 0, TunnelRig.NEAR4, 1);
            var labels = dataplane.proxy.labels();
            labels.addLabel(4, entry(HostileKind.TRANSIT_LABEL).local(LabelSpec.NO_INTERFACE), NextHops.NONE);
            labels.addLabel(4, entry(HostileKind.SWAPPED_LABEL).push(0x300), on);
        }
        dataplane.settle();
    }

    private static LabelSpec entry(int label) {
        return new LabelSpec().of(UNDERLAY, label);
    }

    static long mac(int vpn) {
        return 0x020000000200L + vpn;
    }

    private void addVpn(int vpn) {
        dataplane.proxy.topology().addRouter(1, vpn, 101 + vpn, 1_000_000, 1_000_000, "vpn" + vpn);
        dataplane
                .proxy
                .topology()
                .addInterface(2, TestInterfaces.access(HOSTS + vpn, vpn, 0, 1 + vpn, mac(vpn), MTU, "h" + vpn));
        neighbours(HOSTS + vpn, TunnelRig.HOST);
        NextHops via4 = new NextHops().add(HOSTS + vpn, 0, TunnelRig.NEAR4, 1);
        NextHops via6 = new NextHops().add(HOSTS + vpn, LINK_LOCAL, 1, 1);
        dataplane.proxy.tables().addRoute(3, vpn, AddressFamily.IPV4, 0, 0, 0, RouteKind.UNICAST, via4);
        dataplane.proxy.tables().addRoute(3, vpn, AddressFamily.IPV6, 0, 0, 0, RouteKind.UNICAST, via6);
        for (AddressFamily outer : AddressFamily.values()) {
            if (kind.isWithin(outer)) {
                addEnd(vpn, outer);
            }
        }
    }

    private void addEnd(int vpn, AddressFamily outer) {
        int id = TUNNELS + 10 * vpn + outer.code();
        int key = HostileKind.key(vpn, outer);
        var topology = dataplane.proxy.topology();
        switch (kind) {
            case SUBSTRATE ->
                topology.addInterface(
                        2,
                        named(id, vpn)
                                .mac(mac(vpn))
                                .substrate(
                                        1,
                                        HostileKind.SUBSTRATE_VLAN,
                                        HostileKind.SUBSTRATE_MAC,
                                        HostileKind.SUBSTRATE_PEER,
                                        key,
                                        SubstrateFrame.ETHER_TYPE,
                                        0));
            case VPN_ID ->
                topology.addInterface(
                        2,
                        TestInterfaces.access(
                                        id,
                                        vpn,
                                        1,
                                        HostileKind.SUBSTRATE_VLAN,
                                        HostileKind.SUBSTRATE_MAC + vpn,
                                        1400,
                                        "v" + id)
                                .vns(VnsOption.STREAM_ID, key));
            case LABEL_TABLE -> dataplane.proxy.labels().addLabel(4, entry(key).local(HOSTS + vpn), NextHops.NONE);
            default -> topology.addInterface(2, tunnel(id, vpn, outer));
        }
        if (kind.isEsp()) {
            dataplane.settle();
            dataplane
                    .proxy
                    .keys()
                    .addSecurityAssociation(
                            5, HostileKind.peer(vpn, outer).spec(id, false, dataplane.memory.incarnation(), key));
        }
    }

    private static InterfaceSpec named(int id, int vpn) {
        return new InterfaceSpec().id(id, vpn).mtuBytes(1400).name("t" + id);
    }

    private InterfaceSpec tunnel(int id, int vpn, AddressFamily outer) {
        boolean isIpv4 = outer == AddressFamily.IPV4;
        long high = isIpv4 ? 0 : TunnelRig.UNDERLAY6;
        long net = isIpv4 ? TunnelRig.LOCAL4 & 0xffffff00L : 0;
        InterfaceSpec ipIp = TestInterfaces.tunnel(
                id, vpn, UNDERLAY, outer, high, net | 1, high, net | HostileKind.remote(vpn), "t" + id);
        InterfaceSpec spec = kind.tunnel(vpn, outer).of(ipIp);
        return kind == HostileKind.STRONG_END_SYSTEM ? spec.tunnelModes(TunnelModes.STRONG_END_SYSTEM) : spec;
    }

    private void neighbours(int interfaceId, long mac) {
        var tables = dataplane.proxy.tables();
        tables.addNeighbour(6, interfaceId, AddressFamily.IPV4, 0, TunnelRig.NEAR4, mac);
        tables.addNeighbour(6, interfaceId, AddressFamily.IPV6, LINK_LOCAL, 1, mac);
    }

    /** The VPN of an interface, or {@link HostileKind#NOBODY} of the underlay's. */
    static int vpnOf(int interfaceId) {
        return interfaceId >= U
                ? HostileKind.NOBODY
                : interfaceId < TUNNELS ? interfaceId - HOSTS : (interfaceId - TUNNELS) / 10;
    }

    /** The frame to a VPN's host that a packet leaves in, a hop older. */
    static byte[] toHost(int vpn, byte[] packet) {
        return TestFrames.tagged(TunnelRig.HOST, mac(vpn), 1 + vpn, TunnelRig.type(packet), packet);
    }

    @Override
    public void close() {
        dataplane.close();
    }
}
