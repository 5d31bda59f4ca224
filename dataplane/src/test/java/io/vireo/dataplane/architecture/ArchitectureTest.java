package io.vireo.dataplane.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may see whom. */
class ArchitectureTest {
    private static final List<String> STAGES =
            List.of("arrive", "check", "classify", "forward", "modify", "schedule", "transmit");

    private static final Map<String, List<String>> WIRE_MAY_SEE = Map.ofEntries(
            Map.entry("code", List.of()),
            Map.entry("ring", List.of()),
            Map.entry("layout", List.of("code", "ring")),
            Map.entry("counters", List.of("layout", "code", "ring")),
            Map.entry("memory", List.of("counters", "layout", "code", "ring")),
            Map.entry("value", List.of("code")),
            Map.entry("command", List.of("value", "ring", "memory", "counters", "layout", "code")),
            Map.entry("event", List.of("value", "ring", "memory", "counters", "code")),
            Map.entry("frame", List.of("command", "ring", "memory", "counters", "layout", "code")));

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

    /** Codes and rings know nobody; each layer may see those before it, and of their side by side a few. */
    @Test
    void shouldKeepTheLayersOfTheWire() {
        WIRE_MAY_SEE.forEach((layer, others) -> {
            String[] allowed = Stream.concat(Stream.of(layer, "sbe"), others.stream())
                    .map(name -> "io.vireo.dataplane.wire." + name)
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage("io.vireo.dataplane.wire." + layer)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                            .or(DescribedPredicate.not(resideInAPackage("io.vireo.dataplane.wire..")))
                            .as("are of the wire's " + layer + " or of " + others))
                    .check(DATAPLANE);
        });
    }

    /** A package that is not in the table would be under no rule. */
    @Test
    void shouldKnowEveryPackageOfTheWire() {
        assertThat(DATAPLANE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("io.vireo.dataplane.wire."))
                        .map(name -> name.substring("io.vireo.dataplane.wire.".length()))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(WIRE_MAY_SEE.keySet());
    }
}
