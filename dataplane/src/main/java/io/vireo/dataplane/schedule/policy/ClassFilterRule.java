package io.vireo.dataplane.schedule.policy;

import org.jspecify.annotations.Nullable;

/**
 * One rule that puts packets of a VPN into a class: everything that is given must match. Immutable, any thread; begin
 * with {@link #to} and narrow it.
 *
 * @param classId the class of what matches, not negative
 * @param dscp 0 to 63, or {@value #ANY}
 * @param protocol the IP protocol number, IPv6 extension headers skipped, 0 to 255, or {@value #ANY}
 * @param sourcePorts of TCP, UDP, SCTP or the like, or null for any packet, with ports or without
 * @param destinationPorts as the source's
 * @param source the prefix of the source address, or null for both families
 * @param destination the prefix of the destination address, or null
 */
public record ClassFilterRule(
        int classId,
        int dscp,
        int protocol,
        @Nullable PortRange sourcePorts,
        @Nullable PortRange destinationPorts,
        @Nullable FilterPrefix source,
        @Nullable FilterPrefix destination) {
    /** Whatever it is. */
    public static final int ANY = -1;

    private static final int MAX_DSCP = 63;
    private static final int MAX_PROTOCOL = 255;

    /** Refuses numbers out of range and two families in one rule. */
    public ClassFilterRule {
        if (classId < 0) {
            throw new IllegalArgumentException("class " + classId + " is negative");
        }
        if (dscp < ANY || dscp > MAX_DSCP) {
            throw new IllegalArgumentException("dscp must be 0 to 63, not " + dscp);
        }
        if (protocol < ANY || protocol > MAX_PROTOCOL) {
            throw new IllegalArgumentException("protocol must be 0 to 255, not " + protocol);
        }
        if (source != null && destination != null && source.isIpv4() != destination.isIpv4()) {
            throw new IllegalArgumentException(
                    "source " + source + " and destination " + destination + " differ in family");
        }
    }

    /** Everything goes to this class. */
    public static ClassFilterRule to(int classId) {
        return new ClassFilterRule(classId, ANY, ANY, null, null, null, null);
    }

    /** Only packets with this DSCP. */
    public ClassFilterRule withDscp(int value) {
        return new ClassFilterRule(classId, value, protocol, sourcePorts, destinationPorts, source, destination);
    }

    /** Only packets of this protocol. */
    public ClassFilterRule withProtocol(int value) {
        return new ClassFilterRule(classId, dscp, value, sourcePorts, destinationPorts, source, destination);
    }

    /** Only packets from these ports. */
    public ClassFilterRule fromPorts(PortRange ports) {
        return new ClassFilterRule(classId, dscp, protocol, ports, destinationPorts, source, destination);
    }

    /** Only packets to these ports. */
    public ClassFilterRule toPorts(PortRange ports) {
        return new ClassFilterRule(classId, dscp, protocol, sourcePorts, ports, source, destination);
    }

    /** Only packets from this prefix. */
    public ClassFilterRule fromPrefix(FilterPrefix prefix) {
        return new ClassFilterRule(classId, dscp, protocol, sourcePorts, destinationPorts, prefix, destination);
    }

    /** Only packets to this prefix. */
    public ClassFilterRule toPrefix(FilterPrefix prefix) {
        return new ClassFilterRule(classId, dscp, protocol, sourcePorts, destinationPorts, source, prefix);
    }
}
