package io.vireo.control.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.NodeSchedulingTest;
import io.vireo.control.node.events.ActiveAlarms;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.plan.Planner;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.session.FakeScheduler;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.AuditStatus;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit tells as the minutes go by. */
class AuditTest {
    private static final String VOICE = "class blue/r1/h1:voice";
    private static final String NO_ROOM = "classId: no room";

    @TempDir
    private Path directory;

    private final List<NodeEvent> told = new ArrayList<>();
    private final ActiveAlarms refusals = new ActiveAlarms(new Events(told::add));
    private final Audit audit =
            new Audit(new Events(told::add), refusals, new DriftWatch(new Events(told::add)), Duration.ofMinutes(1), 0);
    private FakeDataplane dataplane;
    private DataplaneSession session;
    private NodePlan plan;

    @BeforeEach
    void start() throws InvalidConfigurationException {
        dataplane = new FakeDataplane(directory);
        session = DataplaneSession.attach(directory.resolve("dataplane.shm"), new DataplaneAnswers(new Nobody()));
        plan = plan();
        session.resyncBegin(1);
        plan.ports().values().forEach(port -> await(session.addPort(port)));
        plan.routers().values().forEach(session::addRouter);
        plan.interfaces().values().forEach(element -> session.addInterface(element, plan));
        session.scheduling().replay(plan.ports().values(), plan.scheduling());
        session.resyncEnd(1);
        await(session.barrier());
        assertThat(dataplane.scheduler.tree()).contains("voice<h1");
    }

    @AfterEach
    void stop() {
        session.close();
        dataplane.close();
    }

    private NodePlan plan() throws InvalidConfigurationException {
        Planner planner = new Planner("n", "vireo", 0, new MemoryIds(), DataplaneLimits.of(session.memory()));
        return planner.plan(ConfigurationReader.read(NodeSchedulingTest.BLUE));
    }

    @Test
    void shouldTellOfAStandingRefusalOnceAndAgainWhenItsReasonChangesOrItIsOver() {
        minute(1);
        assertThat(types()).isEmpty();
        loseVoice();
        dataplane.scheduler.refusedClasses.put("voice", NO_ROOM);

        minute(2);
        assertThat(told)
                .extracting(NodeEvent::type, NodeEvent::subject, NodeEvent::text)
                .containsExactlyInAnyOrder(
                        tuple("command.refused", VOICE, NO_ROOM),
                        tuple("command.refused", "filter blue/r1/h1", "image: the interface has no such class"));
        assertThat(refusals.all()).contains(new AlarmStatus(VOICE, NO_ROOM));
        told.clear();

        minute(3);
        minute(4);
        assertThat(types()).isEmpty();
        dataplane.scheduler.refusedClasses.put("voice", "classId: no such thing");
        minute(5);
        minute(6);
        assertThat(told).extracting(NodeEvent::text).containsExactly("classId: no such thing");
        told.clear();

        dataplane.scheduler.refusedClasses.clear();
        minute(7);
        minute(8);
        assertThat(types()).containsExactlyInAnyOrder("audit.difference", "command.accepted", "command.accepted");
        assertThat(refusals.all()).isEmpty();
        assertThat(dataplane.scheduler.tree()).contains("voice<h1");
    }

    @Test
    void shouldSayInItsReportWhatCouldNotBeRepaired() {
        loseVoice();
        dataplane.scheduler.refusedClasses.put("voice", NO_ROOM);
        CompletableFuture<AuditReport> report = audit.request();
        int port = Objects.requireNonNull(plan.ports().get("p1")).portId();
        dataplane.scheduler.rates.computeIfPresent(port, (id, rate) -> 1L);
        await(report);

        assertThat(report.join().differences())
                .extracting(difference -> difference.subject() + ": " + difference.refusal())
                .containsExactlyInAnyOrder(
                        VOICE + ": " + NO_ROOM,
                        "filter blue/r1/h1: image: the interface has no such class",
                        "rate of port p1: null");
        assertThat(told)
                .filteredOn(event -> event.type().equals("audit.difference"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.text()).startsWith("1 differences").contains("rate of port p1"));
    }

    @Test
    void shouldNotTakeForCuredWhatCannotBeTried() {
        loseVoice();
        dataplane.scheduler.refusedClasses.put("voice", NO_ROOM);
        minute(1);
        dataplane.scheduler.sweep(Set.copyOf(dataplane.scheduler.elements()));
        for (PortPlan port : plan.ports().values()) {
            await(session.removePort(port.portId()));
        }
        told.clear();

        minute(2);
        assertThat(types()).doesNotContain("command.accepted");
        assertThat(refusals.all()).contains(new AlarmStatus(VOICE, NO_ROOM));
    }

    @Test
    void shouldPauseInProportionToWhatTheLastOneTook() {
        turn(TimeUnit.MINUTES.toNanos(1));
        assertThat(session.answers().isAwaited()).isTrue();
        long endNs = TimeUnit.MINUTES.toNanos(1) + TimeUnit.SECONDS.toNanos(5);
        for (int idle = 0; idle < 3; idle = session.answers().isAwaited() ? 0 : idle + 1) {
            turn(endNs);
        }

        long pauseNs = Audit.PAUSE_ROUNDS * TimeUnit.SECONDS.toNanos(5);
        assertThat(audit.status(endNs)).isEqualTo(new AuditStatus(5_000, 100));
        turn(endNs + pauseNs - 1);
        assertThat(session.answers().isAwaited()).isFalse();
        turn(endNs + pauseNs);
        assertThat(session.answers().isAwaited()).isTrue();
    }

    @Test
    void shouldKeepToItsPeriodWhileItTakesLittleAndBeginAtOnceWhenAsked() {
        minute(1);
        assertThat(audit.status(TimeUnit.MINUTES.toNanos(1))).isEqualTo(new AuditStatus(0, 60));

        CompletableFuture<AuditReport> report = audit.request();
        await(report);

        assertThat(report).isCompleted();
    }

    /** Somebody else took the class away. */
    private void loseVoice() {
        FakeScheduler scheduler = dataplane.scheduler;
        scheduler.filters.clear();
        scheduler.names.entrySet().stream()
                .filter(entry -> entry.getValue().equals("voice"))
                .findFirst()
                .ifPresent(entry -> scheduler.removeClass(entry.getKey()));
    }

    private void minute(int number) {
        int idle = 0;
        while (idle < 3) { // the round ends in the turn after its last answer
            turn(TimeUnit.MINUTES.toNanos(number));
            idle = session.answers().isAwaited() ? 0 : idle + 1;
        }
    }

    private void await(CompletableFuture<?> answer) {
        while (!answer.isDone()) {
            turn(0);
        }
    }

    private void turn(long nowNs) {
        audit.doWork(nowNs, List.of(), session);
        session.poll(nowNs);
    }

    private List<String> types() {
        return told.stream().map(NodeEvent::type).toList();
    }

    private final class Nobody implements DataplaneAnswers.Listener {
        @Override
        public void onPort(int portId, DataplaneAnswers.PortInfo info) {}

        @Override
        public void onRouteRefused(int routerId) {}

        @Override
        public void onRefused(String text) {
            throw new AssertionError(text);
        }

        @Override
        public void onSwept(long epoch, int entries) {
            session.programmedScheduling().swept();
        }

        @Override
        public void onOpen(Set<Integer> interfaceIds) {}

        @Override
        public void onClosing(int interfaceId) {}
    }
}
