package io.vireo.control.node.trace;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.view.TraceReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a trace says of tunnels: a step for each header that a packet got, from the inside out, and for each that was taken off. The worker
 * writes all of them in one stage; which they were is read in the frame, and which tunnels wrote them is found in the plan.
 */
final class TunnelSteps {
    private final NodePlan plan;
    private final RouteFinder finder;
    private final Set<Integer> vxlanPorts;
    private final int etherType;

    TunnelSteps(NodePlan plan, RouteFinder finder) {
        this.plan = plan;
        this.finder = finder;
        vxlanPorts = plan.interfaces().values().stream()
                .flatMap(each -> vxlanPort(each).stream())
                .collect(Collectors.toCollection(HashSet::new));
        vxlanPorts.add(Limits.VXLAN_PORT);
        etherType = plan.interfaces().values().stream()
                .flatMap(each -> etherType(each).stream())
                .findFirst()
                .orElse(Substrate.DEFAULT_ETHER_TYPE);
    }

    private static Optional<Integer> vxlanPort(InterfacePlan each) {
        return each.attachment() instanceof Attachment.Tunnel tunnel
                        && tunnel.encapsulation() instanceof Encapsulation.Vxlan vxlan
                ? Optional.of(vxlan.port())
                : Optional.empty();
    }

    private List<Layer> read(byte[] frame) {
        List<Layer> layers = LayerReader.read(VirtualLinkLayer.inside(frame, etherType), vxlanPorts);
        return VirtualLinkLayer.before(layers, frame, etherType);
    }

    private static Optional<Integer> etherType(InterfacePlan each) {
        return switch (each.attachment()) {
            case Attachment.VirtualLink link -> Optional.of(link.etherType());
            case Attachment.Crossing crossing -> Optional.of(crossing.link().etherType());
            default -> Optional.empty();
        };
    }

    /**
     * The headers that a packet got.
     *
     * @param before the frame as it was.
     * @param after  the frame as it leaves.
     * @param tunnel number of the interface by which the packet leaves its router.
     * @param egress name of the interface by which the frame leaves, or null.
     */
    List<TraceReport.Step> encapsulated(byte[] before, byte[] after, int tunnel, @Nullable String egress) {
        List<Layer> layers = read(after);
        int pushed = layers.size() - read(before).size();
        InterfacePlan sender = interfaceOf(tunnel);
        List<TraceReport.Step> steps = new ArrayList<>();
        if (pushed == 0
                && egress != null
                && isVirtualLink(layers)
                && !layers.getFirst().equals(read(before).getFirst())) {
            Map<String, String> crossing = new LinkedHashMap<>(Map.of("interface", egress));
            crossing.put("kind", VirtualLinkLayer.KIND);
            crossing.putAll(layers.getFirst().fields());
            steps.add(step("encapsulate", crossing, after)); // in the place of another of its kind
        }
        for (int n = pushed - 1; n >= 0; n--) {
            Layer layer = layers.get(n);
            VirtualLink link = sender == null ? null : linkOf(sender);
            String underlay = link == null ? "" : link.underlay();
            InterfacePlan next = n == 0 || link == null ? null : senderOf(layers.get(n - 1), underlay);
            String leavesBy = n == 0 ? egress : next == null ? null : next.key();
            Map<String, String> fields = fields(layer, sender);
            putUnderlay(fields, underlay, layer, leavesBy);
            steps.add(step("encapsulate", fields, after));
            sender = next;
        }
        return steps;
    }

    private static boolean isVirtualLink(List<Layer> layers) {
        return !layers.isEmpty() && layers.getFirst().kind().equals(VirtualLinkLayer.KIND);
    }

    /**
     * The header that was taken off a packet.
     *
     * @param before the frame with it.
     * @param after  what was inside.
     * @param tunnel number of the interface that receives what was inside.
     */
    TraceReport.Step decapsulated(byte[] before, byte[] after, int tunnel) {
        List<Layer> layers = read(before);
        Layer outermost = layers.isEmpty() ? new Layer("", Map.of()) : layers.getFirst();
        return step("decapsulate", fields(outermost, interfaceOf(tunnel)), after);
    }

    private static TraceReport.Step step(String stage, Map<String, String> fields, byte[] frame) {
        return new TraceReport.Step(
                stage,
                "continue",
                Collections.unmodifiableMap(fields),
                HexFormat.of().formatHex(frame));
    }

    private static Map<String, String> fields(Layer layer, @Nullable InterfacePlan tunnel) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (tunnel != null) {
            fields.put("interface", tunnel.key());
        }
        fields.put("kind", layer.kind());
        fields.putAll(layer.fields());
        return fields;
    }

    private void putUnderlay(Map<String, String> fields, String underlay, Layer layer, @Nullable String leavesBy) {
        if (!underlay.isEmpty()) {
            fields.put("underlay", underlay);
            String destination = layer.fields().get(Layer.DESTINATION);
            IpPrefix prefix = destination == null || !plan.routers().containsKey(underlay)
                    ? null
                    : finder.longestMatch(plan.routers().get(underlay).routerId(), IpAddress.parse(destination));
            if (prefix != null) {
                fields.put("prefix", prefix.toString());
            }
        }
        if (leavesBy != null) {
            fields.put("egress", leavesBy);
        }
    }

    private @Nullable InterfacePlan interfaceOf(int interfaceId) {
        return plan.interfaces().values().stream()
                .filter(each -> each.interfaceId() == interfaceId)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable VirtualLink linkOf(InterfacePlan each) {
        return Attachments.featureOf(each.attachment()).virtualLink(each.router());
    }

    /** The tunnel of a router that wrote a header, when only one can have. */
    private @Nullable InterfacePlan senderOf(Layer layer, String router) {
        List<InterfacePlan> between = plan.interfaces().values().stream()
                .filter(each -> each.routerKey().equals(router) && isBetween(linkOf(each), layer))
                .toList();
        List<InterfacePlan> possible = between.size() == 1
                ? between
                : between.stream().filter(each -> isOfKind(linkOf(each), layer)).toList();
        return possible.size() == 1 ? possible.getFirst() : null;
    }

    private static boolean isBetween(@Nullable VirtualLink link, Layer layer) {
        return link != null
                && link.local().equals(layer.fields().get(Layer.SOURCE))
                && link.remote().equals(layer.fields().get(Layer.DESTINATION));
    }

    private static boolean isOfKind(@Nullable VirtualLink link, Layer layer) {
        return link != null && List.of(layer.kind().split(" ", -1)).contains(link.kind());
    }
}
