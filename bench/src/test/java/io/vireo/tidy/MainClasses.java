package io.vireo.tidy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vireo.bench.BenchCommand;
import io.vireo.control.ControlMain;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.Mempool;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The compiled main classes of all modules. Those that jextract, SBE and JMH generate are read, but nothing is asked of them. */
final class MainClasses {
    /** A class of each module, to find the rest by. */
    private static final Map<String, Class<?>> ANCHORS = Map.of(
            "native-bindings", Mempool.class,
            "dataplane", SharedLayout.class,
            "control", ControlMain.class,
            "bench", BenchCommand.class);

    private static final List<String> GENERATED =
            List.of("io.vireo.dpdk.ffi", "io.vireo.dataplane.wire.sbe", "jmh_generated");

    private MainClasses() {}

    static JavaClasses all() {
        return new ClassFileImporter()
                .importUrls(ANCHORS.values().stream().map(MainClasses::location).toList());
    }

    static JavaClasses of(String module) {
        return new ClassFileImporter().importUrl(location(Objects.requireNonNull(ANCHORS.get(module), module)));
    }

    static List<String> modules() {
        return ANCHORS.keySet().stream().sorted().toList();
    }

    private static URL location(Class<?> anchor) {
        return anchor.getProtectionDomain().getCodeSource().getLocation();
    }

    static boolean isGenerated(JavaClass type) {
        return GENERATED.stream().anyMatch(type.getPackageName()::contains);
    }
}
