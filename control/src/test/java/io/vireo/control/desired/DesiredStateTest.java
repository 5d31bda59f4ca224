package io.vireo.control.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.store.Draft;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.Version;
import io.vireo.control.view.FakeNode;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredStateTest {
    private static final String ONE = """
        ports: [{name: p1, device: null}]
        vpns: [{name: blue, id: 101, routers: [{name: r1, interfaces: [{name: h1, port: p1, addresses: [10.0.1.1/24]}]}]}]
        """;
    private static final String TWO = ONE.replace("id: 101", "id: 102");
    private static final String THREE = ONE.replace("id: 101", "id: 103");

    @TempDir
    Path directory;

    private final FakeNode node = new FakeNode();
    private final List<NodeEvent> events = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private StateStore store;
    private DesiredState desired;

    @BeforeEach
    void open() {
        store = StateStore.open(directory);
        desired = new DesiredState("lab1", store, node, clock, events::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldCommitAndApply() throws Exception {
        ChangeOutcome outcome = desired.apply(ONE, request(null), Caller.PATIENT);
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.changes()).extracting(change -> change.path()).containsExactly("ports[p1]", "vpns[blue]");
        assertThat(node.applied()).containsExactly(ConfigurationReader.read(ONE));
        assertThat(store.current().document()).isEqualTo(ONE);
        assertThat(store.current().applied()).isTrue();
        assertThat(events).extracting(NodeEvent::type).containsExactly("config.applied");
    }

    @Test
    void shouldChangeNothingWhenPlanning() throws Exception {
        assertThat(desired.plan(ONE, Caller.PATIENT)).hasSize(2);
        assertThat(store.current()).isEqualTo(Version.NONE);
        assertThat(node.applied()).isEmpty();
    }

    @Test
    void shouldMakeNoVersionOfWhatChangesNothing() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        assertThat(desired.apply(ONE + "# same\n", request(null), Caller.PATIENT)
                        .version())
                .isEqualTo(1);
        assertThat(store.history(10)).hasSize(1);
    }

    /** The bad input of the issue: each is refused with the path of the field, and nothing else changes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|ports: [{name: p1, device: null",
                "vpns[0].colour|vpns: [{name: blue, id: 1, colour: red}]",
                "vpns[0].routers[0].interfaces[1].vlan|{ports: [{name: p1, device: null}], vpns: [{name: blue, id: 1,"
                        + " routers: [{name: r1, interfaces: [{name: a, port: p1, vlan: 5}, {name: b, port: p1, vlan:"
                        + " 5}]}]}]}",
                "vpns[1].id|vpns: [{name: blue, id: 1}, {name: red, id: 1}]",
                "vpns[0].routers[0].routes[0].via|vpns: [{name: blue, id: 1, routers: [{name: r1, routes: [{prefix:"
                        + " 10.0.0.0/8, via: 10.1.1.1}]}]}]",
                "vpns[0].routers[0].interfaces[0].port|vpns: [{name: blue, id: 1, routers: [{name: r1, interfaces:"
                        + " [{name: a, port: p7}]}]}]",
                "node|node: lab2"
            })
    void shouldRefuseBadInputAndChangeNothing(String example) throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        String path = example.substring(0, example.indexOf('|'));
        String document = example.substring(example.indexOf('|') + 1);
        assertThatThrownBy(() -> desired.apply(document, request(null), Caller.PATIENT))
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems()).extracting(Problem::path).containsExactly(path));
        assertThat(store.current().document()).isEqualTo(ONE);
        assertThat(store.history(10)).hasSize(1);
        assertThat(node.applied()).hasSize(1);
    }

    @Test
    void shouldRefuseWhatTheNodeRefusesInCheck() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        node.refuseInCheck(Problem.at("ports[0].device", "is not there"));
        assertThatThrownBy(() -> desired.apply(TWO, request(null), Caller.PATIENT))
                .hasMessage("ports[0].device: is not there");
        assertThat(store.current().document()).isEqualTo(ONE);
    }

    @Test
    void shouldWithdrawWhatTheNodeRefusesInApply() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        desired.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
        node.refuseInApply(Problem.at("ports[0].device", "failed to start"));
        String more = THREE.replace("name: r1", "name: r2");
        assertThatThrownBy(() -> desired.apply(more, request(null), Caller.PATIENT))
                .hasMessageContaining("failed to start");
        assertThat(store.current().document()).isEqualTo(TWO);
        assertThat(store.confirmation().orElseThrow().version()).isEqualTo(2);
        assertThat(store.identities().keys("ROUTER")).containsExactly("blue/r1");
    }

    @Test
    void shouldRefuseAChangeMadeFromAnOldVersion() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        assertThatThrownBy(() -> desired.apply(TWO, new ChangeRequest("ann", "", 0L, null), Caller.PATIENT))
                .isInstanceOf(VersionConflictException.class)
                .hasMessageContaining("version 1 is current");
        assertThat(desired.apply(TWO, new ChangeRequest("ann", "", 1L, null), Caller.PATIENT)
                        .version())
                .isEqualTo(2);
    }

    @Test
    void shouldRollBackAsANewVersion() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        desired.apply(TWO, request(null), Caller.PATIENT);
        assertThat(desired.rollback(1, new ChangeRequest("ann", "", null, null), Caller.PATIENT)
                        .version())
                .isEqualTo(3);
        assertThat(store.current().document()).isEqualTo(ONE);
        assertThat(store.current().comment()).isEqualTo("rollback to version 1");
        assertThat(desired.rollback(0, request(null), Caller.PATIENT).version()).isEqualTo(4);
        assertThat(node.applied().getLast().vpns()).isEmpty();
        assertThatThrownBy(() -> desired.rollback(9, request(null), Caller.PATIENT))
                .hasMessage("there is no version 9");
    }

    @Test
    void shouldRevertAtTheDeadlineAndNotBefore() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        ChangeOutcome trial = desired.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
        assertThat(trial.confirmBy()).isEqualTo(clock.instant().plusSeconds(60));
        clock.pass(Duration.ofMillis(59_999));
        assertThat(desired.revertIfOverdue()).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(desired.revertIfOverdue()).isTrue();
        assertThat(store.current().number()).isEqualTo(3);
        assertThat(store.current().document()).isEqualTo(ONE);
        assertThat(node.applied().getLast()).isEqualTo(ConfigurationReader.read(ONE));
        assertThat(desired.revertIfOverdue()).isFalse();
    }

    @Test
    void shouldKeepWhatIsConfirmedInTime() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        desired.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
        clock.pass(Duration.ofSeconds(59));
        assertThat(desired.confirm("ann")).isTrue();
        assertThat(desired.confirm("ann")).isFalse();
        clock.pass(Duration.ofHours(1));
        assertThat(desired.revertIfOverdue()).isFalse();
        assertThat(store.current().document()).isEqualTo(TWO);
    }

    @Test
    void shouldNotAcceptAConfirmationThatComesTooLate() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        desired.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
        clock.pass(Duration.ofSeconds(60));
        assertThat(desired.confirm("ann")).isFalse();
        assertThat(store.current().document()).isEqualTo(ONE);
    }

    @Test
    void shouldRevertAfterARestartWhenTheDeadlinePassedMeanwhile() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        desired.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
        restart();
        desired.start();
        assertThat(node.applied().getLast()).isEqualTo(ConfigurationReader.read(TWO));
        clock.pass(Duration.ofSeconds(61));
        restart();
        desired.start();
        assertThat(node.applied().getLast()).isEqualTo(ConfigurationReader.read(ONE));
        assertThat(store.confirmation()).isEmpty();
    }

    @Test
    void shouldWithdrawAfterARestartWhatWasNeverAppliedAndIsRefused() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        store.commit(new Draft(TWO, "ann", "", clock.instant()));
        restart();
        node.refuseInApply(Problem.at("ports[0].device", "failed to start"));
        desired.start();
        assertThat(store.current().document()).isEqualTo(ONE);
    }

    @Test
    void shouldKeepWhatWasAppliedOnceEvenIfItIsRefusedAfterARestart() throws Exception {
        desired.apply(ONE, request(null), Caller.PATIENT);
        restart();
        node.refuseInApply(Problem.at("ports[0].device", "is gone"));
        desired.start();
        assertThat(store.current().document()).isEqualTo(ONE);
        assertThat(events.getLast().severity()).isEqualTo(NodeEvent.Severity.ERROR);
        assertThat(events.getLast().text()).contains("is gone");
    }

    @Test
    void shouldRefuseAnUnreasonableConfirmation() {
        assertThatThrownBy(() -> request(Duration.ofMillis(1))).hasMessageContaining("is not between 1 s and 7 days");
        assertThatThrownBy(() -> request(Duration.ofDays(8))).hasMessageContaining("is not between 1 s and 7 days");
    }

    /** However long one document takes to read: another apply, the revert of a trial and a confirmation do not wait. */
    @Test
    @Timeout(20)
    void shouldNotWaitForADocumentThatIsSlowToRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        String slow = THREE + "# slow\n";
        DesiredState shared = new DesiredState("lab1", store, node, clock, events::add, (document, guard) -> {
            if (document.equals(slow)) {
                reading.countDown();
                awaitQuietly(mayEnd);
            }
            return ConfigurationReader.read(document, guard);
        });
        try (ExecutorService clients = Executors.newCachedThreadPool()) {
            Future<ChangeOutcome> slowApply = clients.submit(() -> shared.apply(slow, request(null), Caller.PATIENT));
            Future<List<Change>> slowPlan = clients.submit(() -> shared.plan(slow, Caller.PATIENT));
            try {
                reading.await();
                shared.apply(ONE, request(null), Caller.PATIENT);
                shared.apply(TWO, request(Duration.ofSeconds(60)), Caller.PATIENT);
                clock.pass(Duration.ofSeconds(61));
                assertThat(shared.revertIfOverdue()).isTrue();
                assertThat(store.current().document()).isEqualTo(ONE);
                shared.rollback(2, request(Duration.ofSeconds(60)), Caller.PATIENT);
                assertThat(shared.confirm("ann")).isTrue();
                assertThat(slowApply).isNotDone();
            } finally {
                mayEnd.countDown();
            }
            assertThat(slowApply.get().version()).isEqualTo(5);
            slowPlan.get();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart() {
        store.close();
        open();
    }

    private static ChangeRequest request(@Nullable Duration confirmWithin) {
        return new ChangeRequest("ann", "because", null, confirmWithin);
    }
}
