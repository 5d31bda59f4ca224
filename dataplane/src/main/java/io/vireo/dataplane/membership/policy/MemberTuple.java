package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import org.jspecify.annotations.Nullable;

/**
 * Which packets on a shared wire are of a VPN: those of which everything that is given here is true. Immutable.
 *
 * @param vpnId of the VPN, 32 bits, or {@link #OWN_VPN}
 * @param protocol the IP protocol number, IPv6 extension headers skipped, 0 to 255, or {@value #ANY}
 * @param sourcePorts of a protocol that has ports, or null for any
 * @param destinationPorts as the source's
 * @param source the prefix of the source address, or null for both families
 * @param destination the prefix of the destination address, or null
 */
public record MemberTuple(
        int vpnId,
        int protocol,
        @Nullable PortRange sourcePorts,
        @Nullable PortRange destinationPorts,
        @Nullable FilterPrefix source,
        @Nullable FilterPrefix destination) {
    /** The VPN of the interface that has the list; no VPN has this VPN-ID. */
    public static final int OWN_VPN = 0;

    /** Whatever protocol it is. */
    public static final int ANY = -1;

    private static final int MAX_PROTOCOL = 255;

    /** Refuses numbers out of range, two families in one tuple, and ports of no protocol. */
    public MemberTuple {
        if (protocol < ANY || protocol > MAX_PROTOCOL) {
            throw new IllegalArgumentException("protocol must be 0 to 255, not " + protocol);
        }
        if (source != null && destination != null && source.isIpv4() != destination.isIpv4()) {
            throw new IllegalArgumentException(
                    "source " + source + " and destination " + destination + " differ in family");
        }
        if ((sourcePorts != null || destinationPorts != null) && !Transport.hasPorts(protocol)) {
            throw new IllegalArgumentException("ports need a protocol that has some, not " + protocol);
        }
    }

    /** Whether packets must show their ports to match. */
    public boolean hasPorts() {
        return sourcePorts != null || destinationPorts != null;
    }

    /** Whether it is for packets of a family. */
    boolean isOfFamily(boolean isIpv4) {
        return (source == null || source.isIpv4() == isIpv4) && (destination == null || destination.isIpv4() == isIpv4);
    }

    /** Whether every packet that another one matches matches this too. */
    public boolean covers(MemberTuple other) {
        return (protocol == ANY || protocol == other.protocol)
                && covers(sourcePorts, other.sourcePorts)
                && covers(destinationPorts, other.destinationPorts)
                && covers(source, other.source)
                && covers(destination, other.destination);
    }

    private static boolean covers(@Nullable PortRange ports, @Nullable PortRange others) {
        return ports == null || (others != null && ports.first() <= others.first() && others.last() <= ports.last());
    }

    private static boolean covers(@Nullable FilterPrefix prefix, @Nullable FilterPrefix other) {
        return prefix == null || (other != null && prefix.covers(other));
    }
}
