package io.vireo.dataplane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.architecture.HotPathFixtures.AgentAtWork;
import io.vireo.dataplane.architecture.HotPathFixtures.Allocating;
import io.vireo.dataplane.architecture.HotPathFixtures.AsksForText;
import io.vireo.dataplane.architecture.HotPathFixtures.Behind;
import io.vireo.dataplane.architecture.HotPathFixtures.Boxes;
import io.vireo.dataplane.architecture.HotPathFixtures.CallsFactory;
import io.vireo.dataplane.architecture.HotPathFixtures.CallsInterface;
import io.vireo.dataplane.architecture.HotPathFixtures.CallsUnknown;
import io.vireo.dataplane.architecture.HotPathFixtures.CapturesInLambda;
import io.vireo.dataplane.architecture.HotPathFixtures.ConcatenatesStrings;
import io.vireo.dataplane.architecture.HotPathFixtures.CreatesArrays;
import io.vireo.dataplane.architecture.HotPathFixtures.CreatesObject;
import io.vireo.dataplane.architecture.HotPathFixtures.HandsOutLambda;
import io.vireo.dataplane.architecture.HotPathFixtures.Iterates;
import io.vireo.dataplane.architecture.HotPathFixtures.KeepsTheRule;
import io.vireo.dataplane.architecture.HotPathFixtures.Logs;
import io.vireo.dataplane.architecture.HotPathFixtures.Made;
import io.vireo.dataplane.architecture.HotPathFixtures.MakesReference;
import io.vireo.dataplane.architecture.HotPathFixtures.RefersToMethod;
import io.vireo.dataplane.architecture.HotPathFixtures.Synchronizes;
import io.vireo.dataplane.architecture.HotPathFixtures.Throws;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule finds what breaks each of its clauses, and only that. */
class HotPathRuleTest {
    private static final String NAME = HotPathFixtures.class.getName().replace("io.vireo.", "") + "$";

    private static List<String> found(Class<?>... types) {
        return found(Set.of(), types);
    }

    /** Of the first class only every method may run; the others are reached from it, or not at all. */
    private static List<String> found(Set<String> exempt, Class<?>... types) {
        String covered = types[0].getName().replace('.', '/');
        return new HotPathRule(CompiledClasses.of(types), covered::equals)
                .violations(exempt).stream()
                        .map(violation -> violation.key().replace(NAME, ""))
                        .toList();
    }

    @Test
    void shouldFindObjects() {
        assertThat(found(CreatesObject.class)).containsExactly("CreatesObject.running() OBJECT Object");
    }

    @Test
    void shouldFindArraysOfEveryInstruction() {
        assertThat(found(CreatesArrays.class))
                .containsExactlyInAnyOrder(
                        "CreatesArrays.ints() ARRAY int[]",
                        "CreatesArrays.references() ARRAY String[]",
                        "CreatesArrays.matrix() ARRAY long[][]",
                        "CreatesArrays.copy(int[]) ARRAY [I.clone",
                        "CreatesArrays.longer(int[]) ARRAY java.util.Arrays.copyOf",
                        "CreatesArrays.variableArguments() ARRAY int[]");
    }

    @Test
    void shouldFindConcatenation() {
        assertThat(found(ConcatenatesStrings.class)).containsExactly("ConcatenatesStrings.running(int) TEXT +");
    }

    @Test
    void shouldFindText() {
        assertThat(found(AsksForText.class))
                .containsExactly("AsksForText.running(StringBuilder) TEXT StringBuilder.toString");
    }

    @Test
    void shouldFindCapturingLambdasAndMethodReferences() {
        assertThat(found(CapturesInLambda.class))
                .containsExactly("CapturesInLambda.running(int) LAMBDA capturing IntSupplier");
        assertThat(found(RefersToMethod.class))
                .containsExactly("RefersToMethod.running() LAMBDA capturing IntSupplier");
    }

    @Test
    void shouldFindBoxes() {
        assertThat(found(Boxes.class)).containsExactly("Boxes.running(int) BOX Integer.valueOf");
    }

    @Test
    void shouldFindIterators() {
        assertThat(found(Iterates.class)).contains("Iterates.running(List) ITERATOR java.util.List.iterator");
    }

    @Test
    void shouldFindLocksAndWaits() {
        assertThat(found(Synchronizes.class))
                .containsExactlyInAnyOrder(
                        "Synchronizes.method() LOCK synchronized",
                        "Synchronizes.block() LOCK synchronized",
                        "Synchronizes.lock(ReentrantLock) LOCK java.util.concurrent.locks.ReentrantLock.lock",
                        "Synchronizes.wakeUp() LOCK synchronized",
                        "Synchronizes.wakeUp() LOCK Object.notifyAll");
    }

    @Test
    void shouldFindLogging() {
        assertThat(found(Logs.class))
                .containsExactlyInAnyOrder(
                        "Logs.logger(System$Logger) LOG System$Logger.log",
                        "Logs.console() LOG System.out",
                        "Logs.console() LOG java.io.PrintStream.println");
    }

    @Test
    void shouldFindExceptionsThatAreNoBrokenInvariants() {
        assertThat(found(Throws.class)).containsExactly("Throws.running(int) THROW UnsupportedOperationException");
    }

    @Test
    void shouldFindForeignCallsThatNobodyListed() {
        assertThat(found(CallsUnknown.class))
                .containsExactlyInAnyOrder(
                        "CallsUnknown.running(BitSet) FOREIGN java.util.BitSet.set",
                        "CallsUnknown.running(BitSet) FOREIGN java.util.BitSet.size");
    }

    @Test
    void shouldFollowCallsIntoFactoriesAndOtherClasses() {
        assertThat(found(CallsFactory.class, Made.class)).containsExactly("Made.create() OBJECT HotPathFixtures$Made");
    }

    @Test
    void shouldFollowCallsBehindInterfaces() {
        assertThat(found(CallsInterface.class, Behind.class, Allocating.class))
                .containsExactly("Allocating.make() OBJECT Object");
    }

    @Test
    void shouldFollowCallsBehindMethodReferences() {
        assertThat(found(CallsInterface.class, Behind.class, MakesReference.class))
                .containsExactly("MakesReference.made() ARRAY long[]");
    }

    @Test
    void shouldTakeWhatOnlyForeignClassesCallAsRunning() {
        assertThat(found(AgentAtWork.class)).containsExactly("AgentAtWork.doWork() ARRAY int[]");
    }

    @Test
    void shouldTakeLambdasThatAreHandedOutAsRunning() {
        assertThat(found(HandsOutLambda.class, Behind.class))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("ARRAY int[]")
                .contains("lambda$");
    }

    @Test
    void shouldAllowWhatRunsAtStartAndBrokenInvariants() {
        assertThat(found(KeepsTheRule.class)).isEmpty();
    }

    @Test
    void shouldExemptMethodsAndSingleViolationsAndSayWhichExemptionIsNotNeeded() {
        String array = NAME + "CreatesArrays.ints() ARRAY int[]";
        String method = NAME + "CreatesArrays.matrix()";
        String gone = NAME + "CreatesArrays.gone()";
        assertThat(found(Set.of(array, method, gone), CreatesArrays.class))
                .hasSize(4)
                .doesNotContain("CreatesArrays.ints() ARRAY int[]", "CreatesArrays.matrix() ARRAY long[][]");
        assertThat(new HotPathRule(CompiledClasses.of(CreatesArrays.class), name -> true)
                        .unneeded(Set.of(array, method, gone)))
                .containsExactly(gone);
    }
}
