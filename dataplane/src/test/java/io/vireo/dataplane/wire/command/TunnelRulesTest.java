package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the fields of interfaces that wrap packets, or mark them, must satisfy: both sides ask {@link CommandRules}. */
class TunnelRulesTest {
    private static final AddressFamily V4 = AddressFamily.IPV4;
    private static final AddressFamily V6 = AddressFamily.IPV6;
    private static final CommandRules RULES = new CommandRules(TestMemory.LIMITS);
    private static final long MAC = 0x0200_0000_0001L;

    @Test
    void shouldRefuseWrongTunnels() {
        Encapsulation ipip = Encapsulation.IPIP;
        refusesTunnel("encapsulation", spec -> spec.tunnel(Encapsulation.NONE, 1, V4, 0, 1, 0, 2, 64));
        refusesTunnel("underlayRouterId", spec -> spec.tunnel(ipip, -1, V4, 0, 1, 0, 2, 64));
        refusesTunnel("underlayRouterId", spec -> spec.tunnel(ipip, 100, V4, 0, 1, 0, 2, 64));
        refusesTunnel("local", spec -> spec.tunnel(ipip, 1, V4, 0, 0, 0, 2, 64));
        refusesTunnel("local", spec -> spec.tunnel(ipip, 1, V4, 1, 1, 0, 2, 64));
        refusesTunnel("remote", spec -> spec.tunnel(ipip, 1, V6, 1, 1, 0, 0, 64));
        refusesTunnel("remote", spec -> spec.tunnel(ipip, 1, V4, 0, 1, 0, 1L << 32, 64));
        refusesTunnel("remote", spec -> spec.tunnel(ipip, 1, V6, 1, 2, 1, 2, 64));
        refusesTunnel("hopLimit", spec -> spec.tunnel(ipip, 1, V6, 1, 1, 1, 2, 0));
        refusesTunnel("hopLimit", spec -> spec.tunnel(ipip, 1, V6, 1, 1, 1, 2, 256));
        refusesTunnel(
                "greOptions", spec -> spec.tunnel(ipip, 1, V4, 0, 1, 0, 2, 64).gre(GreOptions.CHECKSUM, 0));
        refusesTunnel(
                "greOptions",
                spec -> spec.tunnel(Encapsulation.GRE, 1, V4, 0, 1, 0, 2, 64).gre(16, 0));
        refusesTunnel(
                "tunnelKey", spec -> spec.tunnel(ipip, 1, V4, 0, 1, 0, 2, 64).gre(0, 7));
        refusesTunnel(
                "tunnelKey",
                spec -> spec.tunnel(Encapsulation.GRE, 1, V4, 0, 1, 0, 2, 64).gre(6, 7));
    }

    @Test
    void shouldRefuseWrongModesOfTunnels() {
        for (int modes : new int[] {
            128,
            -1,
            1 << 14 | TunnelModes.FIXED_DSCP,
            TunnelModes.UNIFORM_DSCP | TunnelModes.fixedDscp(1),
            TunnelModes.fixedDscp(1) & ~TunnelModes.FIXED_DSCP
        }) {
            refusesTunnel("tunnelModes", spec -> ipIp(spec).tunnelModes(modes));
        }
        refusesTunnel(
                "tunnelModes",
                spec -> spec.tunnel(Encapsulation.GRE, 1, V4, 0, 1, 0, 2, 64)
                        .tunnelModes(TunnelModes.STRONG_END_SYSTEM));
    }

    private static InterfaceSpec ipIp(InterfaceSpec spec) {
        return spec.tunnel(Encapsulation.IPIP, 1, V4, 0, 1, 0, 2, 64);
    }

    @Test
    void shouldRefuseWrongKeepalives() {
        refusesTunnel("keepaliveTargetLow", spec -> TestInterfaces.keepalive(ipIp(spec), V4, 0, 0, 1000, 3));
        refusesTunnel("keepaliveTargetLow", spec -> TestInterfaces.keepalive(ipIp(spec), V4, 1, 1, 1000, 3));
        refusesTunnel("keepaliveInterval", spec -> TestInterfaces.keepalive(ipIp(spec), V4, 0, 1, 99, 3));
        refusesTunnel("keepaliveInterval", spec -> TestInterfaces.keepalive(ipIp(spec), V6, 1, 1, 60_001, 3));
        refusesTunnel("keepaliveMisses", spec -> TestInterfaces.keepalive(ipIp(spec), V4, 0, 1, 1000, 0));
        refusesTunnel("keepaliveMisses", spec -> TestInterfaces.keepalive(ipIp(spec), V4, 0, 1, 1000, 11));
    }

    @Test
    void shouldRefuseWrongEspTunnels() {
        refusesTunnel("espAlgorithm", spec -> esp(spec, EspAlgorithm.NONE, 64));
        refusesTunnel("espWindow", spec -> esp(spec, EspAlgorithm.AES_GCM_128, 65));
        refusesTunnel("espWindow", spec -> esp(spec, EspAlgorithm.AES_GCM_128, 32));
        refusesTunnel("espWindow", spec -> esp(spec, EspAlgorithm.AES_GCM_128, 8192));
        refusesTunnel("udpPort", spec -> inUdp(esp(spec, EspAlgorithm.AES_GCM_128, 64), 65_536));
        refusesTunnel("udpPort", spec -> inUdp(ipIp(spec), 4500));
        refusesTunnel(
                "tunnelModes",
                spec -> inUdp(esp(spec, EspAlgorithm.AES_GCM_128, 64), 4500).tunnelModes(TunnelModes.FRAGMENT_OUTER));
    }

    private static InterfaceSpec inUdp(InterfaceSpec spec, int port) {
        spec.tunnel().espInUdp(port);
        return spec;
    }

    private static InterfaceSpec esp(InterfaceSpec spec, EspAlgorithm algorithm, int window) {
        return spec.tunnel(Encapsulation.ESP, 1, V4, 0, 1, 0, 2, 64).esp(algorithm, window, true);
    }

    @Test
    void shouldRefuseWrongVnsTunnels() {
        Encapsulation vns = Encapsulation.VNS;
        refusesTunnel(
                "vnsOption", spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64).vns(4, 7));
        refusesTunnel("vnsOption", spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64));
        refusesTunnel(
                "vnsOption", spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64).vns(5, 7));
        refusesTunnel(
                "vnsOption",
                spec -> spec.tunnel(Encapsulation.IPIP, 1, V4, 0, 1, 0, 2, 64).vns(1, 0));
        refusesTunnel(
                "outerFamily", spec -> spec.tunnel(vns, 1, V6, 1, 1, 1, 2, 64).vns(1, 7));
        refusesTunnel(
                "tunnelKey", spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64).vns(1, 0x10000));
        refusesTunnel(
                "tunnelKey", spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64).vns(1, -1));
        refusesTunnel(
                "greOptions",
                spec -> spec.tunnel(vns, 1, V4, 0, 1, 0, 2, 64).vns(2, 7).gre(GreOptions.KEY, 7));
    }

    @Test
    void shouldRefuseWrongLabels() {
        Encapsulation mpls = Encapsulation.MPLS_GRE;
        refusesTunnel("outLabel", spec -> spec.tunnel(mpls, 1, V4, 0, 1, 0, 2, 64));
        refusesTunnel(
                "outLabel", spec -> spec.tunnel(mpls, 1, V4, 0, 1, 0, 2, 64).mpls(15, 16));
        refusesTunnel(
                "outLabel", spec -> spec.tunnel(mpls, 1, V4, 0, 1, 0, 2, 64).mpls(1 << 20, 16));
        refusesTunnel(
                "tunnelKey", spec -> spec.tunnel(mpls, 1, V4, 0, 1, 0, 2, 64).mpls(16, 15));
        refusesTunnel(
                "tunnelKey", spec -> spec.tunnel(mpls, 1, V4, 0, 1, 0, 2, 64).mpls(16, -1));
        refusesTunnel(
                "tunnelModes",
                spec -> spec.tunnel(Encapsulation.MPLS, 1, V4, 0, 1, 0, 2, 64)
                        .mpls(16, 16)
                        .tunnelModes(TunnelModes.FRAGMENT_OUTER));
        refusesTunnel(
                "outLabel",
                spec -> spec.tunnel(Encapsulation.IPIP, 1, V4, 0, 1, 0, 2, 64).mpls(16, 0));
    }

    @Test
    void shouldRefuseWrongVpnIdsOfAccessInterfaces() {
        refusesTunnel("tunnelKey", spec -> spec.access(0, 0).vns(0, 7));
        refusesTunnel("tunnelKey", spec -> spec.access(0, 0).vns(1, 0x10000));
        refusesTunnel("vnsOption", spec -> spec.access(0, 0).vns(3, 7));
        refusesTunnel("vnsOption", spec -> spec.access(0, 0).vns(5, 7));
    }

    @Test
    void shouldRefuseVxlanFieldsOutOfRange() {
        refusesTunnel("udpPort", spec -> vxlan(spec, 0, 7));
        refusesTunnel("udpPort", spec -> vxlan(spec, 65_536, 7));
        refusesTunnel("udpPort", spec -> vxlan(spec, -1, 7));
        refusesTunnel("tunnelKey", spec -> vxlan(spec, 4789, 1 << 24));
        refusesTunnel("tunnelKey", spec -> vxlan(spec, 4789, -1));
        refusesTunnel("tunnelModes", spec -> vxlan(spec, 4789, 7).tunnelModes(TunnelModes.FRAGMENT_OUTER));
        refusesTunnel("greOptions", spec -> vxlan(spec, 4789, 7).gre(GreOptions.ETHERNET, 7));
        refusesTunnel(
                "udpPort",
                spec -> spec.tunnel(Encapsulation.IPIP, 1, V4, 0, 1, 0, 2, 64).vxlan(4789, 0));
    }

    private static InterfaceSpec vxlan(InterfaceSpec spec, int udpPort, int vni) {
        return spec.tunnel(Encapsulation.VXLAN, 1, V6, 1, 1, 1, 2, 64).vxlan(udpPort, vni);
    }

    private static void refusesTunnel(String field, UnaryOperator<InterfaceSpec> tunnel) {
        InterfaceSpec spec = tunnel.apply(TestInterfaces.access(3, 0, 0, 0, MAC, 1480, "t0"));
        assertThat(RULES.addInterface(spec)).startsWith(field + ": ");
    }
}
