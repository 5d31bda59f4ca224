package io.vireo.control.network.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.desired.ChangeRequest;
import io.vireo.control.desired.ManualClock;
import io.vireo.control.desired.VersionConflictException;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.store.StateStore;
import io.vireo.control.telemetry.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkServiceTest {
    private static final String RED = "{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}]}";
    private static final String RED_AND_BLUE =
            "{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}, {\"name\": \"blue\", \"megabits\": 60}]}";
    private static final String TOO_MUCH =
            "{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}, {\"name\": \"green\", \"megabits\": 101}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final FakeMesh mesh = new FakeMesh();
    private final ManualClock clock = new ManualClock();
    private final EventLog events = new EventLog(100);

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @SuppressWarnings("NullAway.Init")
    private NetworkService network;

    @BeforeEach
    void open() {
        store = StateStore.open(directory);
        network = service();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private NetworkService service() {
        return new NetworkService(store, new FakePlanner(), mesh, clock, new NetworkEvents(clock, events::add));
    }

    private static ChangeRequest by(String author) {
        return new ChangeRequest(author, "", null, null);
    }

    private static ChangeRequest onTrial(String author, @Nullable Long trial) {
        return new ChangeRequest(author, "", null, Duration.ofSeconds(60), trial);
    }

    private List<String> eventTypes() {
        return events.after(0).stream().map(event -> event.event().type()).toList();
    }

    @Test
    void shouldBringADocumentOntoAllNodes() throws Exception {
        NetworkOutcome outcome = network.apply(RED, by("ann"));
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.changes()).extracting("path").containsExactly("vpns[red]");
        assertThat(mesh.parts)
                .hasSize(2)
                .allSatisfy((node, part) -> assertThat(part).contains("red:direct"));
        assertThat(network.history().currentVersion().applied()).isTrue();
        assertThat(network.history().documentOf(network.history().currentVersion()))
                .isEqualTo(RED);
        assertThat(eventTypes()).contains("network.step", "network.applied");
    }

    @Test
    void shouldChangeNothingWhenItDoesNotFit() throws Exception {
        network.apply(RED, by("ann"));
        assertThatThrownBy(() -> network.apply(TOO_MUCH, by("ann")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("vpns[green].links[west]")
                .hasMessageContaining("101 Mbit/s");
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(mesh.parts.get("n1")).doesNotContain("green");
    }

    @Test
    void shouldChangeNothingWhenANodeRefuses() throws Exception {
        network.apply(RED, by("ann"));
        mesh.refusals.put("n2", "ports[p1]: no such device");
        assertThatThrownBy(() -> network.apply(RED_AND_BLUE, by("ann")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("nodes[n2]: ports[p1]: no such device");
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
        assertThat(eventTypes()).contains("network.refused");
    }

    @Test
    void shouldPlanWithoutChangingAnything() throws Exception {
        network.apply(RED, by("ann"));
        WhatIf plan = network.plan(RED_AND_BLUE);
        assertThat(plan.changes()).extracting("path").containsExactly("vpns[blue]");
        assertThat(plan.nodes()).containsOnlyKeys("n1", "n2");
        assertThat(plan.plan().links().getLast().substrateLinks()).containsExactly("detour");
        assertThat(plan.plan().loads().getFirst().leftBitsPerSecond()).isEqualTo(40_000_000);
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
    }

    @Test
    void shouldRefuseWhatWasMadeFromAnotherVersion() throws Exception {
        network.apply(RED, by("ann"));
        assertThatThrownBy(() -> network.apply(RED_AND_BLUE, new ChangeRequest("bob", "", 0L, null)))
                .isInstanceOf(VersionConflictException.class)
                .hasMessageContaining("version 1 is current");
    }

    @Test
    void shouldRollBackAlsoToNoNetwork() throws Exception {
        network.apply(RED, by("ann"));
        network.apply(RED_AND_BLUE, by("ann"));
        assertThat(network.rollback(1, by("bob")).version()).isEqualTo(3);
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
        assertThat(network.history().diff(2, 3)).extracting("path").containsExactly("vpns[blue]");
        network.rollback(0, by("bob"));
        assertThat(mesh.parts).allSatisfy((node, part) -> assertThat(part).isEqualTo("{}\n"));
        assertThat(network.history().newest(10))
                .extracting("comment")
                .contains("rollback to version 1", "rollback to version 0");
    }

    @Test
    void shouldRevertATrialThatIsNotConfirmed() throws Exception {
        network.apply(RED, by("ann"));
        network.apply(RED_AND_BLUE, onTrial("ann", null));
        assertThat(network.confirmBy()).isPresent();
        assertThatThrownBy(() -> network.apply(RED, by("bob"))).hasMessageContaining("is on trial until");
        clock.pass(Duration.ofSeconds(61));
        assertThat(network.revertIfOverdue()).isTrue();
        assertThat(mesh.parts.get("n1")).doesNotContain("blue");
        assertThat(network.confirmBy()).isEmpty();
        assertThat(eventTypes()).contains("network.reverted");
    }

    @Test
    void shouldKeepATrialThatIsConfirmed() throws Exception {
        network.apply(RED, onTrial("ann", null));
        assertThat(network.confirm("ann")).isTrue();
        clock.pass(Duration.ofSeconds(61));
        assertThat(network.revertIfOverdue()).isFalse();
        assertThat(network.confirm("ann")).isFalse();
    }

    @Test
    void shouldKeepTryingToRevertWhileANodeRefuses() throws Exception {
        network.apply(RED, onTrial("ann", null));
        clock.pass(Duration.ofSeconds(61));
        mesh.refusals.put("n1", "does not answer");
        assertThat(network.revertIfOverdue()).isFalse();
        mesh.refusals.clear();
        assertThat(network.revertIfOverdue()).isTrue();
        assertThat(mesh.parts.get("n1")).isEqualTo("{}\n");
    }

    @Test
    void shouldWithdrawWhatWasNeverDecided() throws Exception {
        network.apply(RED, by("ann"));
        mesh.dies = "before";
        assertThatThrownBy(() -> network.apply(RED_AND_BLUE, by("ann"))).hasMessageContaining("killed");
        mesh.dies = "";
        network = service();
        network.start();
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(network.apply(RED_AND_BLUE, by("ann")).version()).isEqualTo(3);
    }

    @Test
    void shouldKeepWhatWasDecided() throws Exception {
        mesh.dies = "after";
        assertThatThrownBy(() -> network.apply(RED, by("ann"))).hasMessageContaining("killed");
        assertThat(network.history().currentVersion().applied()).isFalse();
        network = service();
        network.start();
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(network.history().currentVersion().applied()).isTrue();
    }

    @Test
    void shouldPlanAroundWhatIsDownAndBack() throws Exception {
        network.apply(RED, by("ann"));
        network.planAround(Set.of("direct"), "direct: port p1 of node n1 is down");
        assertThat(mesh.parts.get("n1")).contains("red:detour");
        assertThat(network.history().currentVersion().author()).isEqualTo("vireo");
        assertThat(network.history().currentVersion().comment()).contains("port p1 of node n1 is down");
        assertThat(eventTypes()).contains("network.moved");
        network.planAround(Set.of(), "all substrate links are up");
        assertThat(mesh.parts.get("n1")).contains("red:direct");
    }

    @Test
    void shouldLeaveAsItIsWhatCannotBePlannedAround() throws Exception {
        network.apply(RED_AND_BLUE, by("ann"));
        network.planAround(Set.of("direct"), "direct is down");
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(mesh.parts.get("n1")).contains("red:direct");
        assertThat(eventTypes()).contains("network.stuck");
    }

    @Test
    void shouldGoOnWithATrialThatIsPlannedAround() throws Exception {
        network.apply(RED, onTrial("ann", null));
        network.planAround(Set.of("direct"), "direct is down");
        clock.pass(Duration.ofSeconds(61));
        assertThat(network.revertIfOverdue()).isTrue();
        assertThat(mesh.parts.get("n1")).isEqualTo("{}\n");
    }

    @Test
    void shouldBringAllPartsAgainWhenNothingIsDifferent() throws Exception {
        network.apply(RED, by("ann"));
        mesh.parts.put("n1", "changed by hand");
        NetworkOutcome again = network.apply(RED, by("ann"));
        assertThat(again.changes()).isEmpty();
        assertThat(again.version()).isEqualTo(1);
        assertThat(mesh.parts.get("n1")).contains("red:direct");
    }
}
