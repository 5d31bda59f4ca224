package io.vireo.dataplane;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** Interfaces as tests ask for them, in a line. */
public final class TestInterfaces {
    private static final int MPLS_UDP_PORT = 6635;

    private TestInterfaces() {}

    public static InterfaceSpec access(
            int interfaceId, int routerId, int portId, int vlan, long mac, int mtuBytes, String name) {
        return new InterfaceSpec()
                .id(interfaceId, routerId)
                .mac(mac)
                .mtuBytes(mtuBytes)
                .name(name)
                .access(portId, vlan);
    }

    public static InterfaceSpec link(
            int interfaceId, int routerId, int peerInterfaceId, long mac, int mtuBytes, String name) {
        return new InterfaceSpec()
                .id(interfaceId, routerId)
                .mac(mac)
                .mtuBytes(mtuBytes)
                .name(name)
                .link(peerInterfaceId);
    }

    /** An end of an IP-in-IP tunnel, hop limit 64. */
    public static InterfaceSpec tunnel(
            int interfaceId,
            int routerId,
            int underlayRouterId,
            AddressFamily family,
            long localHigh,
            long localLow,
            long remoteHigh,
            long remoteLow,
            String name) {
        return new InterfaceSpec()
                .id(interfaceId, routerId)
                .mac(0x020000001000L + interfaceId)
                .mtuBytes(1400)
                .name(name)
                .tunnel(Encapsulation.IPIP, underlayRouterId, family, localHigh, localLow, remoteHigh, remoteLow, 64);
    }

    /** Makes a GRE tunnel of another one, between the same addresses. */
    public static InterfaceSpec gre(InterfaceSpec tunnel, int options, int key) {
        return of(tunnel, Encapsulation.GRE).gre(options, key);
    }

    /** The ESP tunnel between the same addresses. */
    public static InterfaceSpec esp(InterfaceSpec tunnel, EspAlgorithm algorithm, int window, boolean isExtended) {
        return esp(tunnel, algorithm, window, isExtended, 0);
    }

    /** The ESP tunnel between the same addresses, within UDP unless the port is 0. */
    public static InterfaceSpec esp(
            InterfaceSpec tunnel, EspAlgorithm algorithm, int window, boolean isExtended, int udpPort) {
        InterfaceSpec esp = of(tunnel, Encapsulation.ESP).esp(algorithm, window, isExtended);
        esp.tunnel().espInUdp(udpPort);
        return esp;
    }

    /** A tunnel with keepalives: 0 ms, 0 misses and address 0 are none. */
    public static InterfaceSpec keepalive(
            InterfaceSpec tunnel, AddressFamily family, long targetHigh, long targetLow, int intervalMs, int misses) {
        tunnel.tunnel().keepalive(family, targetHigh, targetLow, intervalMs, misses);
        return tunnel;
    }

    /** Makes a tunnel of MPLS in GRE of another one, between the same addresses. */
    public static InterfaceSpec mplsInGre(InterfaceSpec tunnel, int outLabel, int inLabel) {
        return of(tunnel, Encapsulation.MPLS_GRE).mpls(outLabel, inLabel);
    }

    /** Makes a tunnel of MPLS in UDP of another one, between the same addresses. */
    public static InterfaceSpec mplsInUdp(InterfaceSpec tunnel, int outLabel, int inLabel) {
        InterfaceSpec spec = of(tunnel, Encapsulation.MPLS_UDP).mpls(outLabel, inLabel);
        spec.tunnel().udpPort(MPLS_UDP_PORT);
        return spec;
    }

    /** Makes a tunnel of a label on the link of another one, over the same underlay. */
    public static InterfaceSpec mpls(InterfaceSpec tunnel, int outLabel, int inLabel) {
        return of(tunnel, Encapsulation.MPLS).mpls(outLabel, inLabel);
    }

    /** Makes a VNS tunnel of another one, between the same addresses. */
    public static InterfaceSpec vns(InterfaceSpec tunnel, int option, int vpnId) {
        return of(tunnel, Encapsulation.VNS).vns(option, vpnId);
    }

    /** Makes a VXLAN tunnel of another one, between the same addresses. */
    public static InterfaceSpec vxlan(InterfaceSpec tunnel, int udpPort, int vni) {
        return of(tunnel, Encapsulation.VXLAN).vxlan(udpPort, vni);
    }

    private static InterfaceSpec of(InterfaceSpec tunnel, Encapsulation encapsulation) {
        return tunnel.tunnel(
                encapsulation,
                tunnel.tunnel().underlayRouterId(),
                tunnel.tunnel().outerFamily(),
                tunnel.tunnel().localHigh(),
                tunnel.tunnel().localLow(),
                tunnel.tunnel().remoteHigh(),
                tunnel.tunnel().remoteLow(),
                tunnel.tunnel().hopLimit());
    }
}
