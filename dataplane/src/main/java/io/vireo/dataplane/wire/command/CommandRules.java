package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.AddRouteDecoder;
import io.vireo.dataplane.wire.sbe.AddRouterDecoder;
import io.vireo.dataplane.wire.sbe.DeviceArgumentsDecoder;
import io.vireo.dataplane.wire.sbe.InterfaceNameDecoder;
import io.vireo.dataplane.wire.sbe.PortNameDecoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginDecoder;
import io.vireo.dataplane.wire.sbe.RouterNameDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateDecoder;
import io.vireo.dataplane.wire.sbe.SetMembersDecoder;
import io.vireo.dataplane.wire.sbe.SetPuntBudgetDecoder;
import io.vireo.dataplane.wire.sbe.StartCaptureDecoder;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/**
 * What each command's fields must satisfy, whatever the state of the data plane. Both sides ask: control before it
 * sends, so that the mistake shows where it was made, and the conductor before it believes. The ranges stand in {@code
 * vireo-wire.xml}; here is what relates fields to each other and to the node's limits.
 *
 * <p>Each method returns null, or a constant text that begins with the name of the first wrong field. Immutable, no
 * allocation.
 */
final class CommandRules {
    private static final FieldRange PORT_ID =
            FieldRange.of("portId", AddPortDecoder.portIdMinValue(), AddPortDecoder.portIdMaxValue());
    private static final FieldRange RX_QUEUES = FieldRange.of(
                    "rxQueues", AddPortDecoder.rxQueuesMinValue(), AddPortDecoder.rxQueuesMaxValue())
            .in("and not more than workers");
    private static final FieldRange DESCRIPTORS = FieldRange.of(
                    "descriptors", AddPortDecoder.descriptorsMinValue(), AddPortDecoder.descriptorsMaxValue())
            .or(0, "a power of two in ");
    private static final FieldRange MTU = FieldRange.of(
                    "mtu", AddPortDecoder.mtuMinValue(), AddPortDecoder.mtuMaxValue())
            .in("bytes");
    private static final FieldRange VPN_ID =
            FieldRange.of("vpnId", AddRouterDecoder.vpnIdMinValue(), AddRouterDecoder.vpnIdMaxValue());
    private static final FieldRange PUNT_RATE = FieldRange.of(
            "puntPacketsPerSecond",
            AddRouterDecoder.puntPacketsPerSecondMinValue(),
            AddRouterDecoder.puntPacketsPerSecondMaxValue());
    private static final FieldRange PUNT_CLASS = FieldRange.of(
            "puntClass", SetPuntBudgetDecoder.puntClassMinValue(), SetPuntBudgetDecoder.puntClassMaxValue());
    private static final FieldRange CLASS_PUNT_RATE = FieldRange.of(
            "packetsPerSecond",
            SetPuntBudgetDecoder.packetsPerSecondMinValue(),
            SetPuntBudgetDecoder.packetsPerSecondMaxValue());
    private static final FieldRange CLASS_PUNT_BURST = FieldRange.of(
            "burstPackets", SetPuntBudgetDecoder.burstPacketsMinValue(), SetPuntBudgetDecoder.burstPacketsMaxValue());
    private static final FieldRange INTERFACE_PUNT_RATE = FieldRange.of(
            "interfacePacketsPerSecond",
            SetPuntBudgetDecoder.interfacePacketsPerSecondMinValue(),
            SetPuntBudgetDecoder.interfacePacketsPerSecondMaxValue());
    private static final FieldRange INTERFACE_PUNT_BURST = FieldRange.of(
            "interfaceBurstPackets",
            SetPuntBudgetDecoder.interfaceBurstPacketsMinValue(),
            SetPuntBudgetDecoder.interfaceBurstPacketsMaxValue());
    private static final FieldRange PUNT_BURST = FieldRange.of(
            "puntBurstPackets",
            AddRouterDecoder.puntBurstPacketsMinValue(),
            AddRouterDecoder.puntBurstPacketsMaxValue());
    private static final FieldRange VLAN =
            FieldRange.of("vlan", AddInterfaceDecoder.vlanMinValue(), AddInterfaceDecoder.vlanMaxValue());
    private static final FieldRange UP =
            FieldRange.of("up", SetInterfaceStateDecoder.upMinValue(), SetInterfaceStateDecoder.upMaxValue());
    private static final FieldRange MAC =
            FieldRange.of("mac", AddNeighbourDecoder.macMinValue(), AddNeighbourDecoder.macMaxValue());
    private static final FieldRange PREFIX_LENGTH = FieldRange.of(
            "prefixLength", AddRouteDecoder.prefixLengthMinValue(), AddRouteDecoder.prefixLengthMaxValue());
    private static final FieldRange WEIGHT = FieldRange.of(
            "nextHops.weight",
            AddRouteDecoder.NextHopsDecoder.weightMinValue(),
            AddRouteDecoder.NextHopsDecoder.weightMaxValue());
    private static final FieldRange EPOCH =
            FieldRange.of("epoch", ResyncBeginDecoder.epochMinValue(), ResyncBeginDecoder.epochMaxValue());
    private static final FieldRange CAPTURE_ID = FieldRange.of(
            "captureId", StartCaptureDecoder.captureIdMinValue(), StartCaptureDecoder.captureIdMaxValue());
    private static final FieldRange SNAP_LENGTH = FieldRange.of(
                    "snapLength", StartCaptureDecoder.snapLengthMinValue(), StartCaptureDecoder.snapLengthMaxValue())
            .in("bytes");
    private static final FieldRange PACKET_LIMIT = FieldRange.of(
            "packetLimit", StartCaptureDecoder.packetLimitMinValue(), StartCaptureDecoder.packetLimitMaxValue());
    private static final TextRange PORT_NAME =
            new TextRange("name", PortNameDecoder.lengthMinValue(), PortNameDecoder.lengthMaxValue());
    private static final TextRange DEVICE_ARGUMENTS =
            new TextRange("devargs", DeviceArgumentsDecoder.lengthMinValue(), DeviceArgumentsDecoder.lengthMaxValue());
    private static final TextRange ROUTER_NAME =
            new TextRange("name", RouterNameDecoder.lengthMinValue(), RouterNameDecoder.lengthMaxValue());
    private static final TextRange INTERFACE_NAME =
            new TextRange("name", InterfaceNameDecoder.lengthMinValue(), InterfaceNameDecoder.lengthMaxValue());

    private static final FieldRange MEMBER_LONGS =
            FieldRange.of("totalLongs", SetMembersDecoder.totalLongsMinValue(), SetMembersDecoder.totalLongsMaxValue());

    private static final int IPV4_BITS = 32;

    private final SharedLimits limits;
    private final TunnelRules tunnels;

    CommandRules(SharedLimits limits) {
        this.limits = limits;
        tunnels = new TunnelRules(limits);
    }

    /** Refuses to send a command of which something is wrong. */
    static void require(String command, @Nullable String wrong) {
        if (wrong != null) {
            throw new IllegalArgumentException(command + ": " + wrong);
        }
    }

    /** Returns the first that is wrong. */
    static @Nullable String first(@Nullable String one, @Nullable String two) {
        return one != null ? one : two;
    }

    /** Returns the first that is wrong. */
    static @Nullable String first(@Nullable String one, @Nullable String two, @Nullable String three) {
        return first(one, first(two, three));
    }

    /** Returns the first that is wrong. */
    static @Nullable String first(
            @Nullable String one, @Nullable String two, @Nullable String three, @Nullable String four) {
        return first(first(one, two), first(three, four));
    }

    @Nullable
    String addPort(int portId, int rxQueues, int descriptors, int mtu, CharSequence name, CharSequence devargs) {
        return first(
                port(portId),
                RX_QUEUES.check(RX_QUEUES.contains(rxQueues) && rxQueues <= limits.workers()),
                first(descriptors(descriptors), MTU.check(mtu)),
                first(PORT_NAME.check(name), DEVICE_ARGUMENTS.check(devargs)));
    }

    private static @Nullable String descriptors(int descriptors) {
        boolean isSize = DESCRIPTORS.contains(descriptors) && Integer.bitCount(descriptors) == 1;
        return DESCRIPTORS.check(descriptors == 0 || isSize);
    }

    @Nullable
    String port(int portId) {
        return PORT_ID.check(portId);
    }

    @Nullable
    String addRouter(int routerId, long vpnId, int puntPacketsPerSecond, int puntBurstPackets, CharSequence name) {
        return first(
                router(routerId),
                VPN_ID.check(vpnId),
                first(PUNT_RATE.check(puntPacketsPerSecond), PUNT_BURST.check(puntBurstPackets)),
                ROUTER_NAME.check(name));
    }

    @Nullable
    String setPuntBudget(
            int routerId,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets) {
        return first(
                first(router(routerId), PUNT_CLASS.check(puntClass)),
                first(CLASS_PUNT_RATE.check(packetsPerSecond), CLASS_PUNT_BURST.check(burstPackets)),
                INTERFACE_PUNT_RATE.check(interfacePacketsPerSecond),
                INTERFACE_PUNT_BURST.check(interfaceBurstPackets));
    }

    @Nullable
    String router(int routerId) {
        return limits.isRouterId(routerId) ? null : "routerId: must be below the limit of the node";
    }

    @Nullable
    String addInterface(InterfaceSpec spec) {
        return first(
                first(interfaceId(spec.interfaceId()), router(spec.routerId())),
                attachment(spec),
                mac(spec.mac()),
                first(MTU.check(spec.mtuBytes()), INTERFACE_NAME.check(spec.name())));
    }

    @Nullable
    String setMembers(int interfaceId, int totalLongs, int firstLong, int count) {
        return first(interfaceId(interfaceId), MEMBER_LONGS.check(totalLongs), part(totalLongs, firstLong, count));
    }

    /** A part of an image that comes in several messages. */
    static @Nullable String part(int totalLongs, int firstLong, int count) {
        if (firstLong < 0 || firstLong > totalLongs) {
            return "firstLong: must lie within the image";
        }
        boolean isPart = count <= totalLongs - firstLong && (count > 0 || totalLongs == 0);
        return isPart ? null : "image: the part must lie within the image, and not be empty";
    }

    private @Nullable String attachment(InterfaceSpec spec) {
        return switch (spec.kind()) {
            case ACCESS -> first(port(spec.portId()), VLAN.check(spec.vlan()), TunnelRules.vpnIdOfAccess(spec));
            case SUBSTRATE ->
                first(
                        port(spec.portId()),
                        VLAN.check(spec.vlan()),
                        SubstrateRules.check(spec.substrate()),
                        spec.peerInterfaceId() == InterfaceSpec.NONE ? null : link(spec));
            case LINK -> link(spec);
            case TUNNEL -> tunnels.tunnel(spec.tunnel());
        };
    }

    private @Nullable String link(InterfaceSpec spec) {
        boolean isPeer = limits.isInterfaceId(spec.peerInterfaceId()) && spec.peerInterfaceId() != spec.interfaceId();
        return isPeer ? null : "peerInterfaceId: must be another interface";
    }

    @Nullable
    String interfaceId(int interfaceId) {
        return limits.isInterfaceId(interfaceId) ? null : "interfaceId: must be below the limit of the node";
    }

    @Nullable
    String portLink(int portId, int up) {
        return first(port(portId), UP.check(up));
    }

    @Nullable
    String interfaceMac(int interfaceId, long mac) {
        return first(interfaceId(interfaceId), mac(mac));
    }

    @Nullable
    String interfaceLink(int interfaceId, long mac, int mtu) {
        return first(interfaceMac(interfaceId, mac), MTU.check(mtu));
    }

    @Nullable
    String emulation(int interfaceId, EmulationSpec spec) {
        return first(interfaceId(interfaceId), EmulationRules.check(spec));
    }

    @Nullable
    String interfaceState(int interfaceId, int up) {
        return first(interfaceId(interfaceId), UP.check(up));
    }

    @Nullable
    String addNeighbour(int interfaceId, @Nullable AddressFamily family, long addressHigh, long addressLow, long mac) {
        return first(neighbour(interfaceId, family, addressHigh, addressLow), mac(mac));
    }

    @Nullable
    String neighbour(int interfaceId, @Nullable AddressFamily family, long addressHigh, long addressLow) {
        String wrong = interfaceId(interfaceId);
        if (wrong != null) {
            return wrong;
        }
        if (family == null) {
            return "family: must be IPv4 or IPv6";
        }
        return isHost(family, addressHigh, addressLow) ? null : "address: must be an address of its family, not zero";
    }

    @Nullable
    String addInterfaceAddress(
            int interfaceId,
            @Nullable AddressFamily family,
            long addressHigh,
            long addressLow,
            @Nullable AddressUse use) {
        String wrong = neighbour(interfaceId, family, addressHigh, addressLow);
        return wrong == null && use == null ? "use: must be ANSWER or SOURCE" : wrong;
    }

    @Nullable
    String addRoute(
            int routerId,
            @Nullable AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            @Nullable RouteKind kind,
            NextHops nextHops) {
        String wrong = route(routerId, family, prefixHigh, prefixLow, prefixLength);
        if (wrong != null) {
            return wrong;
        }
        if (kind == null) {
            return "kind: must be a known kind of route";
        }
        if (kind != RouteKind.UNICAST) {
            return nextHops.size() == 0 ? null : "nextHops: only a UNICAST route has any";
        }
        return nextHops.size() == 0
                ? "nextHops: a UNICAST route has 1..128"
                : first(nextHops(family, nextHops), RouteLabels.check(nextHops));
    }

    /** @param family of gateways without a high half. */
    @Nullable
    String nextHops(@Nullable AddressFamily family, NextHops nextHops) {
        for (int i = 0; i < nextHops.size(); i++) {
            if (!limits.isInterfaceId(nextHops.interfaceId(i))) {
                return "nextHops.interfaceId: must be below the limit of the node";
            }
            if (family == null
                    || !isAddress(nextHops.gatewayFamily(i, family), nextHops.gatewayHigh(i), nextHops.gatewayLow(i))) {
                return "nextHops.gateway: must be an address; an IPv4 one has 32 bits";
            }
            String wrong = WEIGHT.check(nextHops.weight(i));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    @Nullable
    String route(int routerId, @Nullable AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        String wrong = router(routerId);
        if (wrong != null) {
            return wrong;
        }
        if (family == null) {
            return "family: must be IPv4 or IPv6";
        }
        if (!PREFIX_LENGTH.contains(prefixLength)) {
            return PREFIX_LENGTH.check(prefixLength);
        }
        if (family == AddressFamily.IPV4 && prefixLength > IPV4_BITS) {
            return "prefixLength: must be at most 32 for IPv4";
        }
        int bits = family == AddressFamily.IPV4 ? IPV4_BITS : 2 * Long.SIZE;
        if (!isAddress(family, prefixHigh, prefixLow)) {
            return "prefix: must be an address of its family";
        }
        boolean hasHostBits = hasBitsBelow(prefixHigh, prefixLow, bits - prefixLength);
        return hasHostBits ? "prefix: bits beyond the prefix length must be zero" : null;
    }

    @Nullable
    String resync(long epoch) {
        return EPOCH.check(epoch);
    }

    @Nullable
    String startCapture(int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        String wrong = capture(captureId);
        if (wrong != null) {
            return wrong;
        }
        if (interfaceId != -1 && !limits.isInterfaceId(interfaceId)) {
            return "interfaceId: must be -1 or below the limit of the node";
        }
        if (dropReason != -1 && DropReason.ofCode(dropReason) == null) {
            return "dropReason: must be -1 or a known code";
        }
        return first(SNAP_LENGTH.check(snapLength), PACKET_LIMIT.check(packetLimit));
    }

    @Nullable
    String capture(int captureId) {
        return CAPTURE_ID.check(captureId);
    }

    /** Bit 40 is the group bit: the lowest bit of the first octet (IEEE 802 8.2). */
    static @Nullable String mac(long mac) {
        boolean isUnicast = MAC.contains(mac) && (mac >>> 40 & 1) == 0;
        return isUnicast ? null : "mac: must be a unicast address of 48 bits, not zero";
    }

    private static boolean isAddress(AddressFamily family, long high, long low) {
        return family == AddressFamily.IPV6 || (high == 0 && (low >>> 32) == 0);
    }

    static boolean isHost(AddressFamily family, long high, long low) {
        return isAddress(family, high, low) && (high | low) != 0;
    }

    private static boolean hasBitsBelow(long high, long low, int bits) {
        long lowMask = bits >= Long.SIZE ? -1L : (1L << bits) - 1;
        int highBits = Math.max(0, bits - Long.SIZE);
        long highMask = highBits == Long.SIZE ? -1L : (1L << highBits) - 1;
        return (low & lowMask) != 0 || (high & highMask) != 0;
    }
}
