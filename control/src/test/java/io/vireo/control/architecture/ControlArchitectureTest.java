package io.vireo.control.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may see whom in control. */
class ControlArchitectureTest {
    private static final JavaClasses CONTROL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vireo.control");

    @Test
    void shouldSeeNothingOfTheDataPlaneButItsWireAndPolicy() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to the data plane or the native bindings, the wire, the scheduler's policy and the need of shared"
                                + " memory aside",
                        (JavaClass other) -> (other.getPackageName().startsWith("io.vireo.dataplane")
                                        && !other.getPackageName().startsWith("io.vireo.dataplane.wire")
                                        && !other.getPackageName().equals("io.vireo.dataplane.schedule.policy")
                                        && !other.getPackageName().equals("io.vireo.dataplane.membership.policy")
                                        && !other.getName().equals("io.vireo.dataplane.SharedMemoryNeed"))
                                || other.getPackageName().startsWith("io.vireo.dpdk")))
                .check(CONTROL);
    }

    @Test
    void shouldBeLayered() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("main")
                .definedBy("io.vireo.control")
                .layer("lab")
                .definedBy("..control.lab..")
                .layer("network")
                .definedBy("..control.network..")
                .layer("cli")
                .definedBy("..control.cli..")
                .layer("api")
                .definedBy("..control.api..")
                .layer("http")
                .definedBy("..control.http..")
                .layer("desired")
                .definedBy("..control.desired..")
                .layer("telemetry")
                .definedBy("..control.telemetry..")
                .layer("node")
                .definedBy("..control.node..")
                .layer("linux")
                .definedBy("..control.linux..")
                .layer("store")
                .definedBy("..control.store..")
                .layer("view")
                .definedBy("..control.view..")
                .layer("model")
                .definedBy("..control.model..")
                .whereLayer("main")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("lab")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("network")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("lab", "network")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("main")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("main", "api", "network")
                .whereLayer("desired")
                .mayOnlyBeAccessedByLayers("main", "api", "http", "network")
                .whereLayer("telemetry")
                .mayOnlyBeAccessedByLayers("main", "api", "http", "network")
                .whereLayer("node")
                .mayOnlyBeAccessedByLayers("main")
                .whereLayer("linux")
                .mayOnlyBeAccessedByLayers("main", "node", "lab")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("main", "desired", "api", "http", "network")
                .whereLayer("view")
                .mayOnlyBeAccessedByLayers("main", "node", "desired", "telemetry", "http", "api", "cli", "network")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers(
                        "main", "linux", "node", "view", "desired", "http", "api", "cli", "lab", "network")
                .check(CONTROL);
    }

    @Test
    void shouldKeepTheModelToItself() {
        noClasses()
                .that()
                .resideInAPackage("io.vireo.control.model")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.vireo.control.model",
                        "io.vireo.dataplane.schedule.policy",
                        "io.vireo.dataplane.membership.policy",
                        "io.vireo.dataplane.wire.code", // enumerations alone: the kinds that a document names
                        "java..",
                        "org.jspecify..")
                .check(CONTROL);
    }

    /** The command line reads the records of the view from JSON; the node itself it reaches through the API alone. */
    @Test
    void shouldKeepTheNodeFromTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("..control.cli..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vireo.control.view.Node")
                .check(CONTROL);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("io.vireo.control.(*)..").should().beFreeOfCycles().check(CONTROL);
        slices().matching("io.vireo.control.(**)").should().beFreeOfCycles().check(CONTROL);
    }

    @Test
    void shouldKeepJettyInHttpAndSqliteInTheStore() {
        classes()
                .that()
                .resideOutsideOfPackage("io.vireo.control.http..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("org.eclipse.jetty..")
                .check(CONTROL);
        classes()
                .that()
                .resideOutsideOfPackage("io.vireo.control.store..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.sqlite..", "java.sql..")
                .check(CONTROL);
    }
}
