package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.KeepaliveSpec;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** What the fields of a tunnel must satisfy. Part of {@link CommandRules}, which says what the methods have in common. */
final class TunnelRules {
    private static final FieldRange HOP_LIMIT =
            FieldRange.of("hopLimit", AddInterfaceDecoder.hopLimitMinValue(), AddInterfaceDecoder.hopLimitMaxValue());
    private static final FieldRange GRE_OPTIONS = FieldRange.of(
            "greOptions", AddInterfaceDecoder.greOptionsMinValue(), AddInterfaceDecoder.greOptionsMaxValue());
    private static final FieldRange VNS_OPTION = FieldRange.of(
            "vnsOption", AddInterfaceDecoder.vnsOptionMinValue(), AddInterfaceDecoder.vnsOptionMaxValue());

    private static final FieldRange TUNNEL_MODES = FieldRange.of(
            "tunnelModes", AddInterfaceDecoder.tunnelModesMinValue(), AddInterfaceDecoder.tunnelModesMaxValue());
    private static final int OTHERS = 0xff & ~TunnelModes.BITS;
    private static final int DSCP_MODES = TunnelModes.UNIFORM_DSCP | TunnelModes.FIXED_DSCP;
    private static final FieldRange ESP_WINDOW = FieldRange.of(
            "espWindow", AddInterfaceDecoder.espWindowMinValue(), AddInterfaceDecoder.espWindowMaxValue());

    private static final FieldRange UDP_PORT =
            FieldRange.of("udpPort", AddInterfaceDecoder.udpPortMinValue(), AddInterfaceDecoder.udpPortMaxValue());
    private static final int MAX_VNI = 0xff_ffff;
    private static final FieldRange OUT_LABEL =
            FieldRange.of("outLabel", AddInterfaceDecoder.outLabelMinValue(), AddInterfaceDecoder.outLabelMaxValue());
    private static final FieldRange IN_LABEL =
            FieldRange.of("tunnelKey", AddInterfaceDecoder.outLabelMinValue(), AddInterfaceDecoder.outLabelMaxValue());

    private static final FieldRange KEEPALIVE_INTERVAL = FieldRange.of(
            "keepaliveInterval",
            AddInterfaceDecoder.keepaliveIntervalMinValue(),
            AddInterfaceDecoder.keepaliveIntervalMaxValue());
    private static final FieldRange KEEPALIVE_MISSES = FieldRange.of(
            "keepaliveMisses",
            AddInterfaceDecoder.keepaliveMissesMinValue(),
            AddInterfaceDecoder.keepaliveMissesMaxValue());

    private final SharedLimits limits;

    TunnelRules(SharedLimits limits) {
        this.limits = limits;
    }

    @Nullable
    String tunnel(TunnelSpec tunnel) {
        if (tunnel.encapsulation() == Encapsulation.NONE) {
            return "encapsulation: a TUNNEL has one";
        }
        if (!limits.isRouterId(tunnel.underlayRouterId())) {
            return "underlayRouterId: must be below the limit of the node";
        }
        return CommandRules.first(
                CommandRules.first(ends(tunnel), HOP_LIMIT.check(tunnel.hopLimit()), kindOf(tunnel)),
                modes(tunnel.modes()),
                keepalive(tunnel));
    }

    private static @Nullable String keepalive(TunnelSpec tunnel) {
        KeepaliveSpec keepalive = tunnel.keepalive();
        if (!keepalive.isPresent()) {
            return keepalive.intervalMs() == 0 && keepalive.misses() == 0
                    ? null
                    : "keepaliveTargetLow: keepalives have a target";
        }
        return CommandRules.isHost(keepalive.family(), keepalive.targetHigh(), keepalive.targetLow())
                ? CommandRules.first(
                        KEEPALIVE_INTERVAL.check(keepalive.intervalMs()), KEEPALIVE_MISSES.check(keepalive.misses()))
                : "keepaliveTargetLow: must be an address of its family";
    }

    private static @Nullable String ends(TunnelSpec tunnel) {
        if (!CommandRules.isHost(tunnel.outerFamily(), tunnel.localHigh(), tunnel.localLow())) {
            return "local: must be an address of its family, not zero";
        }
        if (!CommandRules.isHost(tunnel.outerFamily(), tunnel.remoteHigh(), tunnel.remoteLow())) {
            return "remote: must be an address of its family, not zero";
        }
        boolean isSame = tunnel.localHigh() == tunnel.remoteHigh() && tunnel.localLow() == tunnel.remoteLow();
        return isSame ? "remote: must not be the local address" : null;
    }

    private static @Nullable String kindOf(TunnelSpec tunnel) {
        return CommandRules.first(
                CommandRules.first(gre(tunnel), esp(tunnel), vns(tunnel)), udp(tunnel), mpls(tunnel), ipIp(tunnel));
    }

    private static @Nullable String ipIp(TunnelSpec tunnel) {
        boolean isStrong = (tunnel.modes() & TunnelModes.STRONG_END_SYSTEM) != 0;
        return isStrong && tunnel.encapsulation() != Encapsulation.IPIP
                ? "tunnelModes: STRONG_END_SYSTEM is of IP in IP"
                : null;
    }

    private static @Nullable String gre(TunnelSpec tunnel) {
        if (tunnel.encapsulation() != Encapsulation.GRE && tunnel.greOptions() != GreOptions.NONE) {
            return "greOptions: only a GRE tunnel has any";
        }
        if (!tunnel.isKeyed() && tunnel.key() != 0) {
            return "tunnelKey: must be 0 without the option KEY";
        }
        return GRE_OPTIONS.check(tunnel.greOptions());
    }

    private static @Nullable String udp(TunnelSpec tunnel) {
        boolean isUdp = tunnel.encapsulation().isUdp();
        boolean hasPort = tunnel.udpPort() != 0;
        if (hasPort ? !isUdp && tunnel.encapsulation() != Encapsulation.ESP : isUdp) {
            return "udpPort: a tunnel within UDP has one, an ESP tunnel may, no other has";
        }
        if (hasPort && (tunnel.modes() & TunnelModes.FRAGMENT_OUTER) != 0) {
            return "tunnelModes: packets within UDP are not fragmented (RFC 7348 4.3, RFC 7510 5)";
        }
        return tunnel.encapsulation() == Encapsulation.VXLAN && (tunnel.key() & ~MAX_VNI) != 0
                ? "tunnelKey: does not fit into a VNI, which has 24 bits"
                : UDP_PORT.check(tunnel.udpPort());
    }

    private static @Nullable String modes(int modes) {
        if ((modes & DSCP_MODES) == DSCP_MODES) {
            return "tunnelModes: a DSCP is uniform or fixed, not both";
        }
        if ((modes & TunnelModes.FIXED_DSCP) == 0 && TunnelModes.dscp(modes) != 0) {
            return "tunnelModes: there is a DSCP without FIXED_DSCP";
        }
        return (modes & OTHERS) != 0 ? "tunnelModes: has unknown bits" : TUNNEL_MODES.check(modes);
    }

    private static @Nullable String esp(TunnelSpec tunnel) {
        boolean isEsp = tunnel.encapsulation() == Encapsulation.ESP;
        if (isEsp == (tunnel.esp().algorithm() == EspAlgorithm.NONE)) {
            return "espAlgorithm: an ESP tunnel has one, no other has";
        }
        if (!isEsp) {
            return tunnel.esp().window() == 0 && !tunnel.esp().isExtended()
                    ? null
                    : "espWindow: only an ESP tunnel has one";
        }
        return Integer.bitCount(tunnel.esp().window()) == 1
                ? ESP_WINDOW.check(tunnel.esp().window())
                : "espWindow: must be a power of two";
    }

    private static @Nullable String vns(TunnelSpec tunnel) {
        boolean isVns = tunnel.encapsulation() == Encapsulation.VNS;
        if (isVns != (tunnel.vnsOption() != VnsOption.NONE)) {
            return "vnsOption: a VNS tunnel has one, and no other";
        }
        if (tunnel.vnsOption() == VnsOption.SHARED) {
            return "vnsOption: only an ACCESS interface shares port and VLAN without one";
        }
        if (isVns && tunnel.outerFamily() != AddressFamily.IPV4) {
            return "outerFamily: must be IPv4, whose options carry the VPN-ID";
        }
        return vpnId(tunnel.vnsOption(), tunnel.key());
    }

    private static @Nullable String mpls(TunnelSpec tunnel) {
        if (!tunnel.encapsulation().isMpls()) {
            return tunnel.outLabel() == 0 ? null : "outLabel: only an MPLS tunnel has one";
        }
        if (!tunnel.hasOuterHeader() && (tunnel.modes() & TunnelModes.FRAGMENT_OUTER) != 0) {
            return "tunnelModes: FRAGMENT_OUTER needs an outer header, which a label on a link has not";
        }
        return CommandRules.first(OUT_LABEL.check(tunnel.outLabel()), IN_LABEL.check(tunnel.key()));
    }

    /** Of an ACCESS interface, which may be found by the VPN-ID that packets say. */
    static @Nullable String vpnIdOfAccess(InterfaceSpec spec) {
        if (spec.vnsOption() == VnsOption.NONE && spec.vpnId() != 0) {
            return "tunnelKey: must be 0 without a vnsOption";
        }
        return spec.vnsOption() == VnsOption.EXPERIMENTAL_WITH_FLOW
                ? "vnsOption: only a VNS tunnel identifies flows"
                : vpnId(spec.vnsOption(), spec.vpnId());
    }

    private static @Nullable String vpnId(int vnsOption, int vpnId) {
        boolean fits = Integer.compareUnsigned(vpnId, VnsOption.MAX_STREAM_ID) <= 0;
        if (vnsOption == VnsOption.STREAM_ID && !fits) {
            return "tunnelKey: does not fit into a stream identifier, which has 16 bits";
        }
        return VNS_OPTION.check(vnsOption);
    }
}
