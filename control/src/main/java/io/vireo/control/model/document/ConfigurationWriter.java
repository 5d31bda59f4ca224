package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Ecmp;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.Port;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.StaticRouteKind;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.control.model.document.yaml.YamlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration in its canonical form: fields in one order, defaults left out, values in their shortest
 * spelling. Reading it back yields an equal configuration.
 */
public final class ConfigurationWriter {

    private ConfigurationWriter() {}

    /** As maps, lists, strings, numbers and truth values, ready to be written as JSON or YAML. */
    public static Map<String, Object> toTree(Configuration configuration) {
        return new Tree()
                .put("apiVersion", Configuration.API_VERSION)
                .put("node", configuration.node())
                .put("ecmp", ecmp(configuration.ecmp()))
                .putAll(
                        "ports",
                        configuration.ports().stream()
                                .map(ConfigurationWriter::port)
                                .toList())
                .put("substrate", SubstrateWriter.substrate(configuration.substrate()))
                .putAll(
                        "vpns",
                        configuration.vpns().stream()
                                .map(ConfigurationWriter::vpn)
                                .toList())
                .fields();
    }

    /** As a YAML document. */
    public static String toYaml(Configuration configuration) {
        return YamlWriter.write(toTree(configuration));
    }

    static String fieldOf(StaticRouteKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Map<String, Object> ecmp(Ecmp ecmp) {
        return ecmp.hashSeed() == null
                ? null
                : new Tree().put("hashSeed", ecmp.hashSeed()).fields();
    }

    private static Map<String, Object> port(Port port) {
        return new Tree()
                .put("name", port.name())
                .put("device", port.device().toString())
                .putUnless("rxQueues", port.rxQueues(), Limits.DEFAULT_RX_QUEUES)
                .putUnless("descriptors", port.descriptors(), Limits.DEFAULT_DESCRIPTORS)
                .putUnless("mtu", port.mtu(), Limits.DEFAULT_MTU)
                .put("rate", text(port.rate()))
                .putUnless("overheadBytes", port.overheadBytes(), Limits.DEFAULT_OVERHEAD_BYTES)
                .fields();
    }

    private static Map<String, Object> vpn(Vpn vpn) {
        return new Tree()
                .put("name", vpn.name())
                .put("id", vpn.id())
                .put("buffers", SchedulingWriter.buffers(vpn.buffers()))
                .putAll(
                        "routers",
                        vpn.routers().stream().map(ConfigurationWriter::router).toList())
                .putAll(
                        "links",
                        vpn.links().stream().map(ConfigurationWriter::link).toList())
                .fields();
    }

    private static Map<String, Object> punt(PuntLimit limit) {
        Tree tree =
                new Tree().put("packetsPerSecond", limit.packetsPerSecond()).put("burstPackets", limit.burstPackets());
        if (limit.interfacePercent() != PuntLimit.DEFAULT.interfacePercent()) {
            tree.put("interfacePercent", limit.interfacePercent());
        }
        return tree.putAll(
                        "classes",
                        limit.classes().stream()
                                .map(budget -> new Tree()
                                        .put("name", budget.puntClass().label())
                                        .put("packetsPerSecond", budget.packetsPerSecond())
                                        .put("burstPackets", budget.burstPackets())
                                        .fields())
                                .toList())
                .fields();
    }

    private static Map<String, Object> router(Router router) {
        Tree tree = new Tree().put("name", router.name());
        if (!router.punt().equals(PuntLimit.DEFAULT)) {
            tree.put("punt", punt(router.punt()));
        }
        return tree.putAll(
                        "interfaces",
                        router.interfaces().stream()
                                .map(ConfigurationWriter::face)
                                .toList())
                .putAll(
                        "routes",
                        router.routes().stream().map(ConfigurationWriter::route).toList())
                .putAll(
                        "labels",
                        router.labels().stream().map(LabelWriter::label).toList())
                .put("routing", RoutingWriter.routing(router.routing()))
                .fields();
    }

    private static Map<String, Object> face(Interface face) {
        Tree tree = new Tree().put("name", face.name());
        AttachmentFeature feature = Attachments.featureOf(face.attachment());
        feature.write(tree);
        boolean isSaid = face.mtu() != feature.defaultMtu() || face.attachment().farEnd() != null;
        return tree.put("mtu", isSaid && !face.followsUnderlay() ? face.mtu() : null)
                .put("mac", text(face.mac()))
                .putAll("addresses", addresses(face.addresses()))
                .putUnless("adminState", adminState(face.adminState()), adminState(AdminState.UP))
                .put("scheduling", SchedulingWriter.scheduling(face.scheduling()))
                .put("emulation", EmulationWriter.emulation(face.emulation()))
                .put("members", MembersWriter.members(face.members()))
                .fields();
    }

    private static Map<String, Object> link(Link link) {
        return new Tree()
                .put("name", link.name())
                .put("a", linkEnd(link.a()))
                .put("b", linkEnd(link.b()))
                .putUnless("mtu", link.mtu(), Limits.DEFAULT_MTU)
                .put("bandwidth", text(link.bandwidth()))
                .put("emulation", EmulationWriter.emulation(link.emulation()))
                .fields();
    }

    private static Map<String, Object> linkEnd(LinkEnd end) {
        return new Tree()
                .put("router", end.router())
                .put("interface", end.interfaceName())
                .put("mac", text(end.mac()))
                .putAll("addresses", addresses(end.addresses()))
                .putUnless("adminState", adminState(end.adminState()), adminState(AdminState.UP))
                .put("emulation", EmulationWriter.emulation(end.emulation()))
                .fields();
    }

    private static Map<String, Object> route(Route route) {
        Tree tree = new Tree().put("prefix", route.prefix().toString());
        if (route.kind() != StaticRouteKind.UNICAST) {
            tree.put(fieldOf(route.kind()), true);
        }
        List<String> via = route.via().stream().map(Object::toString).toList();
        if (via.size() == 1) {
            tree.put("via", via.getFirst());
        } else {
            tree.putAll("via", via);
        }
        tree.put("interface", route.interfaceName());
        if (route.onLink()) {
            tree.put("onLink", true);
        }
        OutgoingLabels labels = route.labels();
        if (labels != null) {
            LabelWriter.stack(tree, labels);
        }
        return tree.fields();
    }

    private static List<String> addresses(List<InterfaceAddress> addresses) {
        return addresses.stream().map(InterfaceAddress::toString).toList();
    }

    private static String adminState(AdminState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
