package io.vireo.control.lab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.lab.topology.LabHost;
import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.model.InvalidConfigurationException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabPlanTest {
    private static final LabNames NAMES = new LabNames("two");
    private static final String AB = "vireo lab two: a/p1 -- b/p1";
    private static final String AH = "vireo lab two: h1/eth0 -- a/p2";
    private static final String HOST = "vireo lab two: h1";

    private LabDesign design;

    @BeforeEach
    void read() throws InvalidConfigurationException {
        design = LabDesign.read("""
            name: two
            nodes:
              - {name: a, configuration: {ports: [{name: p1}, {name: p2}]}}
              - {name: b, configuration: {ports: [{name: p1}]}}
            hosts: [{name: h1}]
            links:
              - {a: {node: a, port: p1}, b: {node: b, port: p1}}
              - {a: {host: h1}, b: {node: a, port: p2}}
            """, file -> file);
    }

    @Test
    void shouldMakeEverythingOnAnEmptyMachine() {
        LabPlan plan = LabPlan.toBring(design, found(links(), Map.of(), Map.of()));
        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.hostsToMake()).extracting(LabHost::name).containsExactly("h1");
        assertThat(plan.wiresToMake()).extracting(Wire::mark).containsExactly(AB, AH);
        assertThat(plan.endsToRemove()).isEmpty();
    }

    @Test
    void shouldPutTheEndInTheMachinesNamespaceFirst() {
        Wire wire = Wire.of(design).get(1);
        assertThat(wire.a()).isEqualTo(new WireEnd(WireEnd.MACHINE, "two-a-p2"));
        assertThat(wire.b()).isEqualTo(new WireEnd("two-h1", "eth0"));
    }

    @Test
    void shouldDoNothingWhenAllIsThere() {
        assertThat(LabPlan.toBring(design, complete()).isEmpty()).isTrue();
    }

    @Test
    void shouldMakeALinkAnewOfWhichHalfIsMissing() {
        LabInventory found = found(
                links(link("two-a-p1", AB), link("two-a-p2", AH)),
                Map.of("two-h1", new LabInventory.FoundHost(HOST, links(link("eth0", AH)))),
                Map.of());
        LabPlan plan = LabPlan.toBring(design, found);
        assertThat(plan.wiresToMake()).extracting(Wire::mark).containsExactly(AB);
        assertThat(plan.endsToRemove()).containsExactly(new WireEnd(WireEnd.MACHINE, "two-a-p1"));
    }

    @Test
    void shouldRemoveWhatTheTopologyDoesNotHaveAnyMore() {
        LabInventory found = found(
                links(link("two-a-p9", "vireo lab two: a/p9 -- c/p1"), link("eth0", "")),
                Map.of("two-h9", new LabInventory.FoundHost("vireo lab two: h9", links())),
                Map.of("two-c", Optional.of(new NodeMark("two", Map.of()))));
        LabPlan plan = LabPlan.toBring(design, found);
        assertThat(plan.endsToRemove()).containsExactly(new WireEnd(WireEnd.MACHINE, "two-a-p9"));
        assertThat(plan.hostsToRemove()).containsExactly("two-h9");
        assertThat(plan.nodesToRemove()).containsExactly("two-c");
        assertThat(plan.conflicts()).isEmpty();
    }

    @Test
    void shouldRestartANodeWhoseSettingsAreOthers() {
        Map<String, String> settings = LabSettings.of(design.topology().nodes().getFirst());
        LabInventory found = found(
                links(),
                Map.of(),
                Map.of(
                        "two-a", Optional.of(new NodeMark("two", Map.of("vireo.workers", "3"))),
                        "two-b", Optional.of(new NodeMark("two", settings))));
        assertThat(LabPlan.toBring(design, found).nodesToRestart()).containsExactly("two-a");
    }

    @Test
    void shouldNotTouchWhatItHasNotMade() {
        LabInventory found = found(
                links(link("two-a-p1", ""), link("two-x", "vireo lab twofold: x")),
                Map.of("two-h1", new LabInventory.FoundHost("", links())),
                Map.of("two-a", Optional.empty(), "two-b", Optional.of(new NodeMark("other", Map.of()))));
        assertThat(LabPlan.toBring(design, found).conflicts())
                .hasSize(4)
                .allMatch(conflict -> conflict.contains("that this lab has not made"));
        assertThat(LabPlan.toRemove(found).isEmpty()).isTrue();
    }

    @Test
    void shouldRemoveAllThatBearsItsMarkAndNothingElse() {
        LabInventory found = found(
                links(link("two-a-p1", AB), link("two-b-p1", AB), link("two-a-p2", AH), link("two-y", "mine")),
                Map.of(
                        "two-h1", new LabInventory.FoundHost(HOST, links(link("eth0", AH), link("eth7", ""))),
                        "two-mine", new LabInventory.FoundHost("", links(link("eth0", "")))),
                Map.of("two-a", Optional.of(new NodeMark("two", Map.of())), "two-mine", Optional.empty()));
        LabPlan plan = LabPlan.toRemove(found);
        assertThat(plan.nodesToRemove()).containsExactly("two-a");
        assertThat(plan.hostsToRemove()).containsExactly("two-h1");
        assertThat(plan.endsToRemove())
                .extracting(WireEnd::toString)
                .containsExactly("two-a-p1", "two-a-p2", "two-b-p1", "eth0 in two-h1");
    }

    private LabInventory complete() {
        Map<String, String> settings = LabSettings.of(design.topology().nodes().getFirst());
        NodeMark mark = new NodeMark("two", settings);
        return found(
                links(link("two-a-p1", AB), link("two-b-p1", AB), link("two-a-p2", AH)),
                Map.of("two-h1", new LabInventory.FoundHost(HOST, links(link("eth0", AH)))),
                Map.of("two-a", Optional.of(mark), "two-b", Optional.of(mark)));
    }

    private static LabInventory found(
            Map<String, LinkMessage> links,
            Map<String, LabInventory.FoundHost> hosts,
            Map<String, Optional<NodeMark>> nodes) {
        return new LabInventory(NAMES, links, hosts, nodes);
    }

    private static Map<String, LinkMessage> links(LinkMessage... links) {
        return Arrays.stream(links).collect(Collectors.toMap(LinkMessage::name, Function.identity()));
    }

    private static LinkMessage link(String name, String alias) {
        return new LinkMessage(7, name, 2, 1500, LinkMessage.UP, 0, 0, "veth", alias, 0);
    }
}
