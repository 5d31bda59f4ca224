package io.vireo.control.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.store.StateStore;
import io.vireo.control.view.FakeNode;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of trials (RFC 6241 §8.4). */
class TrialsTest {
    private static final int STEPS = 1_500;
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final String[] DOCUMENTS = {"ecmp: {hashSeed: 3}", "ecmp: {hashSeed: 1}", "ecmp: {hashSeed: 2}"};

    @TempDir
    Path directory;

    private final FakeNode node = new FakeNode();
    private final ManualClock clock = new ManualClock();
    private final List<NodeEvent> events = new ArrayList<>();
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
    void shouldRestartTheClockWithAFollowUpThatChangesNothing() throws Exception {
        apply("ann", 1, MINUTE, null);
        clock.pass(Duration.ofSeconds(50));
        ChangeOutcome again = apply("ann", 1, MINUTE, null);
        assertThat(again.version()).isEqualTo(1);
        assertThat(again.confirmBy()).isEqualTo(clock.instant().plusSeconds(60));
        assertThat(types()).endsWith("config.trial");
        clock.pass(Duration.ofSeconds(59));
        assertThat(desired.revertIfOverdue()).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(desired.revertIfOverdue()).isTrue();
    }

    @Test
    void shouldSayThatAPlainChangeOfTheHolderConfirms() throws Exception {
        apply("ann", 1, MINUTE, null);
        ChangeOutcome outcome = apply("ann", 2, null, null);
        assertThat(outcome.confirmed()).isEqualTo(1);
        assertThat(outcome.confirmBy()).isNull();
        assertThat(types()).endsWith("config.confirmed");

        apply("ann", 1, MINUTE, null);
        assertThat(apply("ann", 1, null, null).confirmed()).isEqualTo(3);
        assertThat(apply("ann", 1, null, null).confirmed()).isNull();
        clock.pass(MINUTE);
        assertThat(desired.revertIfOverdue()).isFalse();
    }

    @Test
    void shouldRefuseAChangeOfSomebodyElsesThatDoesNotNameTheTrial() throws Exception {
        apply("ann", 1, MINUTE, null);
        assertThatThrownBy(() -> apply("bob", 2, null, null))
                .isInstanceOf(VersionConflictException.class)
                .hasMessage("version 1 of ann is on trial until 2026-11-20T12:01:00Z: wait until it is confirmed or"
                        + " reverted, or name it (trial 1) to go on from it");
        assertThatThrownBy(() -> apply("bob", 1, MINUTE, null)).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> desired.rollback(0, new ChangeRequest("bob", "", null, null), Caller.PATIENT))
                .isInstanceOf(VersionConflictException.class);
        assertThat(store.current().number()).isEqualTo(1);
        assertThat(apply("bob", 2, null, 1L).confirmed()).isEqualTo(1);
        assertThatThrownBy(() -> apply("bob", 1, null, 1L)).hasMessageContaining("version 1 is not on trial");
    }

    @Test
    void shouldNotMindThatSomebodySetsTheTimeOfDay() throws Exception {
        apply("ann", 1, MINUTE, null);
        clock.set(Duration.ofDays(30));
        assertThat(desired.revertIfOverdue()).isFalse();
        assertThat(desired.confirmBy()).contains(clock.instant().plusSeconds(60));
        clock.set(Duration.ofDays(-60));
        clock.pass(MINUTE);
        assertThat(desired.revertIfOverdue()).isTrue();
    }

    @Test
    void shouldRevertWhenTheMachineHasRestarted() throws Exception {
        apply("ann", 1, MINUTE, null);
        clock.reboot();
        restart();
        assertThat(store.current().number()).isEqualTo(2);
        assertThat(events.getLast().text())
                .isEqualTo("version 1 was on trial when the machine restarted; reverted to version 0");
    }

    @Test
    void shouldKeepATrialWhoseFollowUpWasNeverApplied() throws Exception {
        apply("ann", 0, null, null);
        apply("ann", 1, MINUTE, null);
        store.commitConfirmed(
                new io.vireo.control.store.Draft(DOCUMENTS[2], "ann", "", clock.instant()),
                new io.vireo.control.store.Deadline(clock.bootId(), clock.uptimeMs() + 60_000));
        node.refuseInApply(io.vireo.control.model.Problem.at("ecmp", "is too much"));
        restart();
        assertThat(store.current().document()).isEqualTo(DOCUMENTS[1]);
        clock.pass(MINUTE);
        assertThat(desired.revertIfOverdue()).isTrue();
        assertThat(store.current().document()).isEqualTo(DOCUMENTS[0]);
    }

    /** What the RFC says, in the fewest words: the oracle of the random steps. */
    private static final class Oracle {
        private String document = "";
        private String revertTo = "";
        private String holder = "";
        private long version;
        private long deadlineMs = -1;

        private boolean isOnTrial() {
            return deadlineMs >= 0;
        }

        private void atTime(long nowMs) {
            if (isOnTrial() && nowMs >= deadlineMs) {
                document = revertTo;
                deadlineMs = -1;
                version++;
            }
        }

        private boolean apply(String author, String wanted, long nowMs, @Nullable Duration time, @Nullable Long named) {
            atTime(nowMs);
            boolean isNamed = named != null && isOnTrial() && named == version;
            if (named == null ? isOnTrial() && !author.equals(holder) : !isNamed) {
                return false;
            }
            boolean isChange = !wanted.equals(document);
            if (isChange) {
                revertTo = isOnTrial() ? revertTo : document;
                holder = author;
                document = wanted;
                version++;
            }
            boolean goesOn = isChange || isOnTrial();
            deadlineMs = time != null && goesOn ? nowMs + time.toMillis() : -1;
            return true;
        }
    }

    @Test
    void shouldFollowTheRulesWhateverHappens() throws Exception {
        Random random = new Random(6241);
        Oracle oracle = new Oracle();
        apply("ann", 0, null, null);
        oracle.apply("ann", DOCUMENTS[0], 0, null, null);
        for (int i = 0; i < STEPS; i++) {
            step(random, oracle, i);
        }
    }

    private void step(Random random, Oracle oracle, int number) throws Exception {
        String text = "seed 6241, step " + number;
        switch (random.nextInt(10)) {
            case 0 -> clock.set(Duration.ofSeconds(random.nextInt(-500, 500)));
            case 1, 2 -> {
                clock.pass(Duration.ofSeconds(random.nextInt(40)));
                desired.revertIfOverdue();
                oracle.atTime(clock.uptimeMs());
            }
            case 3 -> {
                restart();
                oracle.atTime(clock.uptimeMs());
            }
            case 4 -> {
                if (random.nextInt(4) == 0) {
                    clock.reboot();
                    restart();
                    oracle.atTime(Long.MAX_VALUE);
                }
            }
            case 5 -> {
                oracle.atTime(clock.uptimeMs());
                assertThat(desired.confirm("bob")).as(text).isEqualTo(oracle.isOnTrial());
                oracle.deadlineMs = -1;
            }
            default -> {
                String author = random.nextBoolean() ? "ann" : "bob";
                int document = random.nextInt(DOCUMENTS.length);
                Duration time = random.nextBoolean() ? Duration.ofSeconds(1 + random.nextInt(60)) : null;
                Long named = random.nextInt(4) == 0 ? Long.valueOf(oracle.version) : null;
                boolean isAccepted = oracle.apply(author, DOCUMENTS[document], clock.uptimeMs(), time, named);
                assertThat(isApplied(author, document, time, named)).as(text).isEqualTo(isAccepted);
            }
        }
        assertThat(store.current().document()).as(text).isEqualTo(oracle.document);
        assertThat(store.current().number()).as(text).isEqualTo(oracle.version);
        assertThat(desired.confirmation().isPresent()).as(text).isEqualTo(oracle.isOnTrial());
    }

    private boolean isApplied(String author, int document, @Nullable Duration time, @Nullable Long named)
            throws InvalidConfigurationException {
        try {
            apply(author, document, time, named);
            return true;
        } catch (VersionConflictException e) {
            return false;
        }
    }

    private ChangeOutcome apply(String author, int document, @Nullable Duration time, @Nullable Long named)
            throws InvalidConfigurationException, VersionConflictException {
        return desired.apply(DOCUMENTS[document], new ChangeRequest(author, "", null, time, named), Caller.PATIENT);
    }

    private void restart() {
        store.close();
        open();
        desired.start();
    }

    private List<String> types() {
        return events.stream().map(NodeEvent::type).toList();
    }
}
