package io.vireo.dataplane;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may see whom, and what the packet's way must not contain. */
class ArchitectureTest {
    private static final List<String> STAGES =
            List.of("arrive", "check", "classify", "forward", "modify", "schedule", "transmit");

    private static final String PATH = "io.vireo.dataplane.path..";

    private static final JavaClasses DATAPLANE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/wire/sbe/") && !location.contains("Test"))
            .importPackages("io.vireo.dataplane");

    private static String stage(String name) {
        return "io.vireo.dataplane.path." + name + "..";
    }

    @Test
    void shouldNotLetAStageSeeALaterOne() {
        for (int i = 0; i < STAGES.size(); i++) {
            String[] later = STAGES.subList(i + 1, STAGES.size()).stream()
                    .map(ArchitectureTest::stage)
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(stage(STAGES.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(DATAPLANE);
            }
        }
    }

    @Test
    void shouldNotLetWhatStagesShareSeeAStage() {
        String[] stages = STAGES.stream().map(ArchitectureTest::stage).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.vireo.dataplane.path")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(stages)
                .check(DATAPLANE);
    }

    @Test
    void shouldNotLetWorkersSeeTheConductor() {
        noClasses()
                .that()
                .resideInAnyPackage(PATH, "io.vireo.dataplane.worker..", "io.vireo.dataplane.nexthop..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vireo.dataplane.conductor..")
                .check(DATAPLANE);
    }

    @Test
    void shouldNotSeeControl() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vireo.control..", "io.vireo.bench..")
                .check(DATAPLANE);
    }

    @Test
    void shouldNotLetWireSeeTheEngine() {
        classes()
                .that()
                .resideInAPackage("io.vireo.dataplane.wire..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage("io.vireo.dataplane.wire..")
                        .or(resideInAPackage("io.vireo.dataplane.schedule.policy.."))
                        .or(DescribedPredicate.not(resideInAPackage("io.vireo..")))
                        .as("are its own, policy values or foreign"))
                .check(DATAPLANE);
    }

    @Test
    void shouldNotCreateObjectsOnThePathExceptAtConstruction() {
        classes()
                .that()
                .resideInAPackage(PATH)
                .should(createNothingWhileRunning())
                .check(DATAPLANE);
    }

    private static ArchCondition<JavaClass> createNothingWhileRunning() {
        return new ArchCondition<>("create no object, box, lambda, iterator or text outside of constructors") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMethods().stream()
                        .filter(method -> !isStartUp(method))
                        .forEach(method -> findAllocations(method, events));
            }
        };
    }

    /** Enums make their tables, factories their objects, and people ask for text: none of it per packet. */
    private static boolean isStartUp(JavaMethod method) {
        boolean isFactory = method.getModifiers().contains(JavaModifier.STATIC)
                && (method.getName().equals("create") || method.getName().equals("hfsc"));
        return method.getOwner().isEnum() || isFactory || method.getName().equals("toString");
    }

    /** A broken invariant may end a round with one of these; no packet, however hostile, can bring it about. */
    private static boolean isBrokenInvariant(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return owner.equals("java.lang.IllegalStateException") || owner.equals("java.lang.IllegalArgumentException");
    }

    private static void findAllocations(JavaCodeUnit method, ConditionEvents events) {
        for (JavaAccess<?> access : method.getAccessesFromSelf()) {
            boolean isCreation = access instanceof JavaConstructorCall && !isBrokenInvariant(access);
            if (isCreation || access.isDeclaredInLambda() || isHiddenAllocation(access)) {
                events.add(SimpleConditionEvent.violated(method, access.getDescription()));
            }
        }
    }

    private static boolean isHiddenAllocation(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        boolean isBox = name.equals("valueOf") && owner.startsWith("java.lang.");
        boolean isIterator = name.equals("iterator") || name.equals("stream");
        boolean isText = name.equals("toString");
        boolean isArena = owner.equals("java.lang.foreign.Arena");
        return isBox || isIterator || isText || isArena;
    }
}
