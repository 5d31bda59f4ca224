package io.vireo.control.model.document;

import io.vireo.control.model.Limits;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.OspfInterface;
import io.vireo.control.model.Routing.Part;
import io.vireo.control.model.Routing.ResourceLimits;
import io.vireo.control.model.Routing.RipInterface;
import io.vireo.control.model.Routing.RipTimers;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.model.document.yaml.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code routing} as {@link RoutingReader} reads it. */
final class RoutingWriter {

    private RoutingWriter() {}

    static @Nullable Map<String, Object> routing(@Nullable Routing routing) {
        if (routing == null) {
            return null;
        }
        Tree tree = new Tree();
        speaker(tree, routing.speaker());
        if (!routing.families().equals(Routing.DEFAULT_FAMILIES)) {
            tree.putAll("families", names(routing.orderedFamilies()));
        }
        return tree.put("routerId", ConfigurationWriter.text(routing.routerId()))
                .putAll(
                        "redistribute",
                        names(routing.redistribute().stream().sorted().toList()))
                .putUnless("bfd", routing.bfd(), false)
                .put("limits", limits(routing.limits()))
                .fields();
    }

    private static void speaker(Tree tree, Speaker speaker) {
        switch (speaker) {
            case Speaker.None none -> tree.put(RoutingReader.PROTOCOL, RoutingReader.STATIC);
            case Speaker.Ospf ospf ->
                tree.put(RoutingReader.PROTOCOL, RoutingReader.OSPF)
                        .putUnless(RoutingReader.AREA, ospf.area(), 0L)
                        .putAll(
                                RoutingReader.INTERFACES,
                                ospf.interfaces().stream()
                                        .map(RoutingWriter::settings)
                                        .toList());
            case Speaker.Rip rip ->
                tree.put(RoutingReader.PROTOCOL, RoutingReader.RIP)
                        .put(RoutingReader.TIMERS, timers(rip.timers()))
                        .putAll(
                                RoutingReader.INTERFACES,
                                rip.interfaces().stream()
                                        .map(RoutingWriter::settings)
                                        .toList());
            case Speaker.Bgp bgp ->
                tree.put(RoutingReader.PROTOCOL, RoutingReader.BGP)
                        .put(RoutingReader.ASN, bgp.asn())
                        .putAll(
                                RoutingReader.NEIGHBORS,
                                bgp.neighbors().stream()
                                        .map(RoutingWriter::neighbor)
                                        .toList())
                        .putAll(
                                RoutingReader.NETWORKS,
                                bgp.networks().stream().map(Object::toString).toList());
            case Speaker.Own own ->
                tree.put(
                        RoutingReader.DAEMON,
                        new Tree().putAll("command", own.command()).fields());
        }
    }

    private static Map<String, Object> settings(OspfInterface each) {
        Tree tree = new Tree().put("name", each.name()).put(RoutingReader.AREA, each.area());
        part(tree, each.part());
        return tree.put("cost", each.cost())
                .putUnless("helloSeconds", each.helloSeconds(), Limits.DEFAULT_HELLO_SECONDS)
                .putUnless("deadSeconds", each.deadSeconds(), each.helloSeconds() * Limits.HELLOS_UNTIL_DEAD)
                .put("pointToPoint", each.pointToPoint())
                .fields();
    }

    private static Map<String, Object> settings(RipInterface each) {
        Tree tree = new Tree().put("name", each.name());
        part(tree, each.part());
        return tree.fields();
    }

    private static void part(Tree tree, Part part) {
        tree.putUnless("passive", part == Part.PASSIVE, false).putUnless("excluded", part == Part.EXCLUDED, false);
    }

    private static @Nullable Map<String, Object> timers(RipTimers timers) {
        RipTimers usual = RipTimers.DEFAULT;
        return orNull(new Tree()
                .putUnless("updateSeconds", timers.updateSeconds(), usual.updateSeconds())
                .putUnless("timeoutSeconds", timers.timeoutSeconds(), usual.timeoutSeconds())
                .putUnless("garbageSeconds", timers.garbageSeconds(), usual.garbageSeconds()));
    }

    private static Map<String, Object> neighbor(BgpNeighbor neighbor) {
        return new Tree()
                .put("address", neighbor.address().toString())
                .put("remoteAsn", neighbor.remoteAsn())
                .put("passwordFile", ConfigurationWriter.text(neighbor.passwordFile()))
                .fields();
    }

    private static @Nullable Map<String, Object> limits(ResourceLimits limits) {
        ResourceLimits usual = ResourceLimits.DEFAULT;
        return orNull(new Tree()
                .putUnless("cpuWeight", limits.cpuWeight(), usual.cpuWeight())
                .putUnless("cpuPercent", limits.cpuPercent(), usual.cpuPercent())
                .putUnless("memoryMegabytes", limits.memoryMegabytes(), usual.memoryMegabytes()));
    }

    private static @Nullable Map<String, Object> orNull(Tree tree) {
        return tree.fields().isEmpty() ? null : tree.fields();
    }

    private static List<String> names(List<? extends Enum<?>> values) {
        return values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
