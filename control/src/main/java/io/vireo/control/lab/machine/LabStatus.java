package io.vireo.control.lab.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a lab is; its JSON is what {@code vireo lab status --json} prints.
 *
 * @param lab   name of the lab.
 * @param nodes in the order of the topology, as are the others.
 * @param links the veth pairs.
 * @param hosts the namespaces.
 */
public record LabStatus(String lab, List<OfNode> nodes, List<OfLink> links, List<OfHost> hosts) {

    /**
     * A node.
     *
     * @param node          its name in the topology.
     * @param name          its name on the machine, for {@code --node}.
     * @param control       {@code up} if control answers, else {@code down}.
     * @param dataplane     state of the data plane as control reports it, or {@code DOWN}.
     * @param configVersion version of its configuration, or 0.
     * @param routers       virtual routers.
     * @param portsDown     ports that links join and that do not forward, each with the reason.
     * @param alarms        active alarms.
     */
    public record OfNode(
            String node,
            String name,
            String control,
            String dataplane,
            long configVersion,
            long routers,
            List<String> portsDown,
            long alarms) {
        /** Copies the list. */
        public OfNode {
            portsDown = List.copyOf(portsDown);
        }

        /** Whether it forwards, and nothing is wrong. */
        boolean isWell() {
            return control.equals("up") && dataplane.equals("RUNNING") && portsDown.isEmpty() && alarms == 0;
        }
    }

    /**
     * A link.
     *
     * @param a one end.
     * @param b the other end.
     */
    public record OfLink(OfEnd a, OfEnd b) {}

    /**
     * An end of a link.
     *
     * @param end       node and port, or host and interface.
     * @param device    the veth device.
     * @param namespace where it lies, or null for the machine's own.
     * @param mtu       in bytes, 0 if it is not there.
     * @param carrier   {@code up}, {@code down}, or {@code missing}.
     */
    public record OfEnd(String end, String device, @Nullable String namespace, int mtu, String carrier) {}

    /**
     * A host.
     *
     * @param host      its name in the topology.
     * @param namespace the namespace, for {@code ip netns exec}.
     * @param state     {@code up} or {@code missing}.
     * @param addresses those that the topology gives it.
     */
    public record OfHost(String host, String namespace, String state, List<String> addresses) {}

    /** Whether everything is as it shall be. */
    public boolean allWell() {
        return nodes.stream().allMatch(OfNode::isWell)
                && links.stream()
                        .allMatch(link -> link.a().carrier().equals("up")
                                && link.b().carrier().equals("up"))
                && hosts.stream().allMatch(host -> host.state().equals("up"));
    }
}
