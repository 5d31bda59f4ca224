package io.vireo.control.node.topology;

import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import java.util.Set;

/**
 * What a virtual router does with a label, as it shall be.
 *
 * @param routerKey {@code VPN/ROUTER}
 * @param hops where it leads; none where a router goes on with what is underneath
 * @param receiverInterfaceId the interface that receives it then, or {@link LabelSpec#NO_INTERFACE}
 */
public record LabelPlan(String routerKey, int routerId, IncomingLabel entry, List<Hop> hops, int receiverInterfaceId) {
    private static final int WEIGHT = 1;

    /** A next hop. */
    public record Hop(int interfaceId, IpAddress gateway) {}

    /** By what it is known in refusals. */
    public String key() {
        return key(routerKey, entry.label());
    }

    /** By what a label of a router is known in refusals. */
    public static String key(String routerKey, int label) {
        return routerKey + " label " + label;
    }

    /** Whether it leads by one of some interfaces, or is received by it. */
    public boolean usesAny(Set<Integer> interfaceIds) {
        return interfaceIds.contains(receiverInterfaceId)
                || hops.stream().anyMatch(hop -> interfaceIds.contains(hop.interfaceId()));
    }

    /** All but the next hops. */
    public LabelSpec into(LabelSpec spec) {
        spec.of(routerId, entry.label()).uniform(entry.ttl() == Ttl.UNIFORM);
        if (entry.isLocal()) {
            spec.local(receiverInterfaceId);
        }
        entry.outLabels().forEach(spec::push);
        return spec;
    }

    /** The next hops. */
    public NextHops into(NextHops nextHops) {
        nextHops.clear();
        hops.forEach(hop -> nextHops.add(
                hop.interfaceId(), WireAddresses.high(hop.gateway()), WireAddresses.low(hop.gateway()), WEIGHT));
        return nextHops;
    }
}
