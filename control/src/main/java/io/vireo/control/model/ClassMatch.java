package io.vireo.control.model;

import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.PortRange;
import org.jspecify.annotations.Nullable;

/**
 * Which packets belong to a class, or are of a VPN: those of which everything that is given here is true.
 *
 * @param dscp             differentiated services code point (RFC 2474), 0 to 63, or null for any.
 * @param protocol         of the packet, IPv6 extension headers passed over, or null for any.
 * @param sourcePorts      or null for any, or none.
 * @param destinationPorts or null for any, or none.
 * @param source           where the source address lies, or null for anywhere.
 * @param destination      where the destination address lies, of the same family, or null for anywhere.
 */
public record ClassMatch(
        @Nullable Integer dscp,
        @Nullable IpProtocol protocol,
        @Nullable PortRange sourcePorts,
        @Nullable PortRange destinationPorts,
        @Nullable IpPrefix source,
        @Nullable IpPrefix destination) {

    /** As the data plane's filter has it, with the class that the packets belong to. */
    public ClassFilterRule rule(int classId) {
        return new ClassFilterRule(
                classId,
                dscp == null ? ClassFilterRule.ANY : dscp,
                protocol == null ? ClassFilterRule.ANY : protocol.number(),
                sourcePorts,
                destinationPorts,
                source == null ? null : filterPrefix(source),
                destination == null ? null : filterPrefix(destination));
    }

    /** As the data plane's list of members has it, with the VPN-ID of the VPN that the packets are of; a DSCP does not count. */
    public MemberTuple tuple(int vpnId) {
        return new MemberTuple(
                vpnId,
                protocol == null ? MemberTuple.ANY : protocol.number(),
                sourcePorts,
                destinationPorts,
                source == null ? null : filterPrefix(source),
                destination == null ? null : filterPrefix(destination));
    }

    private static io.vireo.dataplane.schedule.policy.FilterPrefix filterPrefix(IpPrefix prefix) {
        IpAddress network = prefix.network();
        return network.family() == AddressFamily.IPV4
                ? new io.vireo.dataplane.schedule.policy.FilterPrefix(
                        true, 0, network.high() >>> Integer.SIZE, prefix.prefixLength())
                : new io.vireo.dataplane.schedule.policy.FilterPrefix(
                        false, network.high(), network.low(), prefix.prefixLength());
    }
}
