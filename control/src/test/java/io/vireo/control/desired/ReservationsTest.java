package io.vireo.control.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.store.StateStore;
import io.vireo.control.view.FakeNode;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.NotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReservationsTest {
    private static final String ONE = """
        ports: [{name: p1, device: null}]
        vpns: [{name: blue, id: 101, routers: [{name: r1, interfaces: [{name: h1, port: p1, addresses: [10.0.1.1/24]}]}]}]
        """;
    private static final String TWO = ONE.replace("name: r1", "name: r2");
    private static final String THREE = ONE.replace("name: r1", "name: r3");

    @TempDir
    Path directory;

    private final FakeNode node = new FakeNode();
    private final List<NodeEvent> events = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private StateStore store;
    private DesiredState desired;

    @BeforeEach
    void open() throws Exception {
        begin();
        desired.apply(ONE, change(null), Caller.PATIENT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void begin() {
        store = StateStore.open(directory);
        desired = new DesiredState("lab1", store, node, clock, events::add);
    }

    private void restart() {
        store.close();
        begin();
        desired.start();
    }

    @Test
    void shouldHoldADocumentAndItsIdentitiesAndApplyNothing() throws Exception {
        ReservationStatus held = reserve("t1", TWO, 7);
        assertThat(held)
                .isEqualTo(new ReservationStatus(
                        "t1",
                        ReservationStatus.State.HELD,
                        "root",
                        7L,
                        clock.instant().plusSeconds(30),
                        1));
        assertThat(desired.reservation()).contains(held);
        assertThat(routers()).containsExactlyInAnyOrder("blue/r1", "blue/r2");
        assertThat(node.applied()).hasSize(1);
        assertThat(desired.currentVersion().number()).isEqualTo(1);
    }

    @Test
    void shouldCommitWhatIsReservedAsAVersionOfWhoReservedIt() throws Exception {
        reserve("t1", TWO, 7);
        assertThat(desired.commitReservation("t1", 7).version()).isEqualTo(2);
        assertThat(desired.currentVersion().document()).isEqualTo(TWO);
        assertThat(desired.currentVersion().author()).isEqualTo("root");
        assertThat(desired.currentVersion().comment()).isEqualTo("reservation t1");
        assertThat(desired.currentVersion().applied()).isTrue();
        assertThat(desired.reservation()).isEmpty();
        assertThat(node.applied()).hasSize(2);
        assertThat(types()).containsExactly("config.applied", "config.reserved", "config.applied");
    }

    @Test
    void shouldAnswerACommitThatIsAskedForAgainAlsoAfterARestart() throws Exception {
        reserve("t1", TWO, 7);
        desired.commitReservation("t1", 7);
        restart();
        assertThat(desired.commitReservation("t1", 7)).isEqualTo(ReservationStatus.committed("t1", 2));
        assertThat(reserve("t1", TWO, 7)).isEqualTo(ReservationStatus.committed("t1", 2));
        assertThat(store.history(10)).hasSize(2);
        assertThat(desired.reservation()).isEmpty();
    }

    @Test
    void shouldRememberTheCommitOfWhatChangedNothing() throws Exception {
        reserve("t1", ONE, 7);
        assertThat(desired.commitReservation("t1", 7).version()).isEqualTo(1);
        assertThat(desired.reservation("t1").state()).isEqualTo(ReservationStatus.State.COMMITTED);
        assertThat(store.history(10)).hasSize(1);
    }

    @Test
    void shouldCommitAfterARestartWhatWasReservedBefore() throws Exception {
        reserve("t1", TWO, 7);
        restart();
        assertThat(desired.commitReservation("t1", 7).version()).isEqualTo(2);
    }

    @Test
    void shouldReleaseTheIdentitiesOfWhatIsReleasedAndLeaveThoseInUse() throws Exception {
        reserve("t1", TWO, 7);
        restart();
        desired.releaseReservation("t1", 7L);
        desired.releaseReservation("t1", 7L);
        assertThat(desired.reservation()).isEmpty();
        assertThat(routers()).containsExactly("blue/r1");
        assertThat(events.getLast().text()).isEqualTo("reservation t1 was released");
        assertThatThrownBy(() -> desired.commitReservation("t1", 7))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("reservation t1 is not held: it was never made or was released, or its lease ended;"
                        + " reserve again");
    }

    @Test
    void shouldEndTheLeaseByItself() throws Exception {
        reserve("t1", TWO, 7);
        clock.pass(Duration.ofSeconds(30).minusMillis(1));
        desired.endWhatIsOver();
        assertThat(desired.reservation()).isPresent();
        clock.set(Duration.ofDays(-1)); // of no meaning
        clock.pass(Duration.ofMillis(1));
        desired.endWhatIsOver();
        assertThat(store.reservations().held()).isEmpty();
        assertThat(routers()).containsExactly("blue/r1");
        assertThat(types()).endsWith("config.released");
        assertThatThrownBy(() -> desired.commitReservation("t1", 7)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void shouldEndTheLeaseThatPassedWhileControlWasAwayAndWhenTheMachineRestarted() throws Exception {
        reserve("t1", TWO, 7);
        clock.pass(Duration.ofSeconds(31));
        restart();
        assertThat(store.reservations().held()).isEmpty();
        reserve("t2", TWO, 7);
        clock.reboot();
        restart();
        assertThat(store.reservations().held()).isEmpty();
        assertThat(routers()).containsExactly("blue/r1");
    }

    @Test
    void shouldRefuseOtherChangesAndSayWhoHoldsItAndUntilWhen() throws Exception {
        reserve("t1", TWO, 7);
        String holder = "reservation t1 of root (token 7) is held until 2026-11-20T12:00:30Z";
        assertThatThrownBy(() -> desired.apply(THREE, change(null), Caller.PATIENT))
                .isInstanceOf(VersionConflictException.class)
                .hasMessage(holder + ": other changes wait until it is committed or released");
        assertThatThrownBy(() -> desired.rollback(0, change(null), Caller.PATIENT))
                .hasMessageStartingWith(holder);
        assertThatThrownBy(() -> reserve("t2", THREE, 7)).hasMessage(holder + ": one is held at a time");
        assertThat(node.applied()).hasSize(1);
        desired.releaseReservation("t1", null);
        assertThat(desired.apply(THREE, change(null), Caller.PATIENT).version()).isEqualTo(2);
    }

    @Test
    void shouldBeginTheLeaseAnewAndTakeTheNewDocumentOfTheSameReservation() throws Exception {
        reserve("t1", TWO, 7);
        clock.pass(Duration.ofSeconds(20));
        reserve("t1", THREE, 7);
        clock.pass(Duration.ofSeconds(20));
        assertThat(routers()).containsExactlyInAnyOrder("blue/r1", "blue/r3");
        desired.commitReservation("t1", 7);
        assertThat(desired.currentVersion().document()).isEqualTo(THREE);
    }

    @Test
    void shouldRefuseALowerTokenThanWasEverSeenAndNameBoth() throws Exception {
        reserve("t1", TWO, 7);
        assertThatThrownBy(() -> desired.commitReservation("t1", 6))
                .isInstanceOf(VersionConflictException.class)
                .hasMessage("token 6 is lower than 7, which was shown here before: there is a newer leader");
        assertThatThrownBy(() -> desired.releaseReservation("t1", 6L)).hasMessageStartingWith("token 6");
        desired.releaseReservation("t1", 7L);
        restart();
        assertThatThrownBy(() -> reserve("t2", TWO, 6)).hasMessageStartingWith("token 6");
        assertThat(desired.reservation()).isEmpty();
    }

    @Test
    void shouldLetANewerLeaderTakeThePlaceOfAnOlderOne() throws Exception {
        reserve("t1", TWO, 7);
        reserve("t2", THREE, 8);
        assertThat(routers()).containsExactlyInAnyOrder("blue/r1", "blue/r3");
        assertThatThrownBy(() -> desired.commitReservation("t1", 8)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> desired.commitReservation("t1", 7)).isInstanceOf(VersionConflictException.class);
        assertThat(desired.commitReservation("t2", 8).version()).isEqualTo(2);
    }

    @Test
    void shouldReserveNothingWhileAVersionIsOnTrial() throws Exception {
        desired.apply(TWO, change(Duration.ofSeconds(60)), Caller.PATIENT);
        assertThatThrownBy(() -> reserve("t1", THREE, 7))
                .isInstanceOf(VersionConflictException.class)
                .hasMessage("version 2 of anna is on trial until 2026-11-20T12:01:00Z: nothing is reserved before it is"
                        + " confirmed or reverted");
        clock.pass(Duration.ofSeconds(60));
        reserve("t1", THREE, 7);
        assertThat(desired.currentVersion().document()).isEqualTo(ONE);
    }

    @Test
    void shouldRefuseWhatIsWrongOrOfAnotherVersionAndHoldNothing() {
        assertThatThrownBy(() -> reserve("t1", "vpns: [{name: blue}]", 7))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> desired.reserve(
                        TWO, new ReservationRequest("t1", "root", Duration.ofSeconds(9), 5L, 7), Caller.PATIENT))
                .hasMessage("version 1 is current; this was made from version 5");
        node.refuseInCheck(Problem.at("ports[0].device", "is not there"));
        assertThatThrownBy(() -> reserve("t1", TWO, 7)).hasMessage("ports[0].device: is not there");
        assertThatThrownBy(() -> new ReservationRequest("a/b", "root", Duration.ofSeconds(9), null, 7))
                .hasMessageStartingWith("id: 'a/b' is not");
        assertThat(store.reservations().held()).isEmpty();
        assertThat(routers()).containsExactly("blue/r1");
    }

    @Test
    void shouldRefuseWhatThereIsNoRoomFor() throws Exception {
        for (int i = 0; i < 4096; i++) {
            store.identities().idOf("PORT", "other" + i, 4096);
        }
        assertThatThrownBy(() -> reserve("t1", ONE.replace("p1", "p2"), 7))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("there is no room for PORT p2");
        assertThat(store.reservations().held()).isEmpty();
    }

    @Test
    void shouldStayReservedWhenTheNodeRefusesTheCommit() throws Exception {
        reserve("t1", TWO, 7);
        node.refuseInApply(Problem.at("ports[0].device", "failed to start"));
        assertThatThrownBy(() -> desired.commitReservation("t1", 7)).hasMessageContaining("failed to start");
        assertThat(desired.reservation("t1").state()).isEqualTo(ReservationStatus.State.HELD);
        assertThat(desired.currentVersion().document()).isEqualTo(ONE);
        node.refuseInApply();
        assertThat(desired.commitReservation("t1", 7).version()).isEqualTo(3);
    }

    private ReservationStatus reserve(String id, String document, long token)
            throws InvalidConfigurationException, VersionConflictException {
        return desired.reserve(
                document, new ReservationRequest(id, "root", Duration.ofSeconds(30), null, token), Caller.PATIENT);
    }

    private List<String> routers() {
        return store.identities().keys("ROUTER");
    }

    private List<String> types() {
        return events.stream().map(NodeEvent::type).toList();
    }

    private static ChangeRequest change(@Nullable Duration confirmWithin) {
        return new ChangeRequest("anna", "", null, confirmWithin);
    }
}
