package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/**
 * What each command's fields must satisfy, whatever the state of the data plane. Both sides ask: control before it
 * sends, so that the mistake shows where it was made, and the conductor before it believes.
 *
 * <p>Each method returns null, or a constant text that begins with the name of the first wrong field. Immutable, no
 * allocation.
 */
public final class CommandRules {
    static final int MAX_PORT_NAME = 63;
    static final int MAX_DEVARGS = 511;
    static final int MAX_ROUTER_NAME = 127;
    static final int MAX_INTERFACE_NAME = 15;

    private static final String PORT_ID = "portId: must be 0..63";
    private static final String MTU = "mtu: must be 68..9600 bytes";

    private final SharedLimits limits;

    public CommandRules(SharedLimits limits) {
        this.limits = limits;
    }

    /** Refuses to send a command of which something is wrong. */
    static void require(String command, @Nullable String wrong) {
        if (wrong != null) {
            throw new IllegalArgumentException(command + ": " + wrong);
        }
    }

    @Nullable
    String addPort(int portId, int rxQueues, int descriptors, int mtu, CharSequence name, CharSequence devargs) {
        if (!isPortId(portId)) {
            return PORT_ID;
        }
        if (rxQueues < 1 || rxQueues > limits.workers()) {
            return "rxQueues: must be 1..workers";
        }
        if (descriptors != 0 && (descriptors < 32 || descriptors > 32_768 || Integer.bitCount(descriptors) != 1)) {
            return "descriptors: must be 0 or a power of two in 32..32768";
        }
        if (!isMtu(mtu)) {
            return MTU;
        }
        if (!isText(name, MAX_PORT_NAME)) {
            return "name: must be 1..63 printable ASCII characters";
        }
        return isText(devargs, MAX_DEVARGS) ? null : "devargs: must be 1..511 printable ASCII characters";
    }

    @Nullable
    String port(int portId) {
        return isPortId(portId) ? null : PORT_ID;
    }

    @Nullable
    String addRouter(int routerId, long vpnId, int puntPacketsPerSecond, int puntBurstPackets, CharSequence name) {
        String wrong = router(routerId);
        if (wrong != null) {
            return wrong;
        }
        if (vpnId < 0 || vpnId > 0xFFFF_FFFFL) {
            return "vpnId: must be 0..4294967295";
        }
        if (puntPacketsPerSecond < 0) {
            return "puntPacketsPerSecond: must not be negative";
        }
        if (puntBurstPackets < 0) {
            return "puntBurstPackets: must not be negative";
        }
        return isText(name, MAX_ROUTER_NAME) ? null : "name: must be 1..127 printable ASCII characters";
    }

    @Nullable
    String router(int routerId) {
        return routerId >= 0 && routerId < limits.maxRouters() ? null : "routerId: must be below the limit of the node";
    }

    @Nullable
    String addInterface(InterfaceSpec spec) {
        String wrong = interfaceId(spec.interfaceId());
        if (wrong == null) {
            wrong = router(spec.routerId());
        }
        if (wrong == null) {
            wrong = attachment(spec);
        }
        if (wrong != null) {
            return wrong;
        }
        if (!isUnicastMac(spec.mac())) {
            return "mac: must be a unicast address of 48 bits, not zero";
        }
        if (!isMtu(spec.mtuBytes())) {
            return MTU;
        }
        return isText(spec.name(), MAX_INTERFACE_NAME) ? null : "name: must be 1..15 printable ASCII characters";
    }

    private @Nullable String attachment(InterfaceSpec spec) {
        return switch (spec.kind()) {
            case ACCESS -> access(spec);
            case LINK -> link(spec);
            case TUNNEL -> tunnel(spec);
        };
    }

    private static @Nullable String access(InterfaceSpec spec) {
        if (!isPortId(spec.portId())) {
            return PORT_ID;
        }
        return spec.vlan() >= 0 && spec.vlan() <= 4094 ? null : "vlan: must be 0..4094";
    }

    private @Nullable String link(InterfaceSpec spec) {
        boolean isPeer = interfaceId(spec.peerInterfaceId()) == null && spec.peerInterfaceId() != spec.interfaceId();
        return isPeer ? null : "peerInterfaceId: must be another interface";
    }

    private @Nullable String tunnel(InterfaceSpec spec) {
        if (spec.encapsulation() == Encapsulation.NONE) {
            return "encapsulation: a TUNNEL has one";
        }
        if (router(spec.underlayRouterId()) != null) {
            return "underlayRouterId: must be below the limit of the node";
        }
        if (!isHost(spec.outerFamily(), spec.localHigh(), spec.localLow())) {
            return "local: must be an address of its family, not zero";
        }
        if (!isHost(spec.outerFamily(), spec.remoteHigh(), spec.remoteLow())) {
            return "remote: must be an address of its family, not zero";
        }
        if (spec.localHigh() == spec.remoteHigh() && spec.localLow() == spec.remoteLow()) {
            return "remote: must not be the local address";
        }
        return spec.hopLimit() >= 1 && spec.hopLimit() <= 255 ? null : "hopLimit: must be 1..255";
    }

    @Nullable
    public String interfaceId(int interfaceId) {
        boolean isValid = interfaceId >= 0 && interfaceId < limits.maxInterfaces();
        return isValid ? null : "interfaceId: must be below the limit of the node";
    }

    @Nullable
    String interfaceState(int interfaceId, int up) {
        String wrong = interfaceId(interfaceId);
        if (wrong != null) {
            return wrong;
        }
        return up == 0 || up == 1 ? null : "up: must be 0 or 1";
    }

    @Nullable
    String addNeighbour(int interfaceId, @Nullable AddressFamily family, long addressHigh, long addressLow, long mac) {
        String wrong = neighbour(interfaceId, family, addressHigh, addressLow);
        if (wrong != null) {
            return wrong;
        }
        return isUnicastMac(mac) ? null : "mac: must be a unicast address of 48 bits, not zero";
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
        return nextHops.size() == 0 ? "nextHops: a UNICAST route has 1..8" : nextHops(family, nextHops);
    }

    private @Nullable String nextHops(@Nullable AddressFamily family, NextHops nextHops) {
        for (int i = 0; i < nextHops.size(); i++) {
            if (interfaceId(nextHops.interfaceId(i)) != null) {
                return "nextHops.interfaceId: must be below the limit of the node";
            }
            if (family == null || !isAddress(family, nextHops.gatewayHigh(i), nextHops.gatewayLow(i))) {
                return "nextHops.gateway: must be of the family of the prefix";
            }
            if (nextHops.weight(i) < 1 || nextHops.weight(i) > 255) {
                return "nextHops.weight: must be 1..255";
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
        int bits = family == AddressFamily.IPV4 ? 32 : 128;
        if (prefixLength < 0 || prefixLength > bits) {
            return "prefixLength: must be 0..32 for IPv4, 0..128 for IPv6";
        }
        if (!isAddress(family, prefixHigh, prefixLow)) {
            return "prefix: must be an address of its family";
        }
        boolean hasHostBits = hasBitsBelow(prefixHigh, prefixLow, bits - prefixLength);
        return hasHostBits ? "prefix: bits beyond the prefix length must be zero" : null;
    }

    @Nullable
    String resync(long epoch) {
        return epoch > 0 ? null : "epoch: must be positive";
    }

    @Nullable
    String startCapture(int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        String wrong = capture(captureId);
        if (wrong != null) {
            return wrong;
        }
        if (interfaceId != -1 && interfaceId(interfaceId) != null) {
            return "interfaceId: must be -1 or below the limit of the node";
        }
        if (dropReason != -1 && DropReason.ofCode(dropReason) == null) {
            return "dropReason: must be -1 or a known code";
        }
        if (snapLength < 1 || snapLength > 0xFFFF) {
            return "snapLength: must be 1..65535 bytes";
        }
        return packetLimit > 0 ? null : "packetLimit: must be positive";
    }

    @Nullable
    String capture(int captureId) {
        return captureId >= 0 && captureId < SharedLayout.MAX_CAPTURES ? null : "captureId: must be 0..15";
    }

    private static boolean isPortId(int portId) {
        return portId >= 0 && portId < SharedLayout.MAX_PORTS;
    }

    private static boolean isMtu(int mtu) {
        return mtu >= FrameLimits.MIN_MTU && mtu <= FrameLimits.MAX_MTU;
    }

    /** Bit 40 is the group bit: the lowest bit of the first octet (IEEE 802 8.2). */
    private static boolean isUnicastMac(long mac) {
        return mac != 0 && (mac >>> 48) == 0 && (mac >>> 40 & 1) == 0;
    }

    private static boolean isAddress(AddressFamily family, long high, long low) {
        return family == AddressFamily.IPV6 || (high == 0 && (low >>> 32) == 0);
    }

    private static boolean isHost(AddressFamily family, long high, long low) {
        return isAddress(family, high, low) && (high | low) != 0;
    }

    private static boolean hasBitsBelow(long high, long low, int bits) {
        long lowMask = bits >= Long.SIZE ? -1L : (1L << bits) - 1;
        int highBits = Math.max(0, bits - Long.SIZE);
        long highMask = highBits == Long.SIZE ? -1L : (1L << highBits) - 1;
        return (low & lowMask) != 0 || (high & highMask) != 0;
    }

    static boolean isText(CharSequence text, int maxLength) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return length >= 1 && length <= maxLength;
    }
}
