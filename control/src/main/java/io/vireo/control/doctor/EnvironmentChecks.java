package io.vireo.control.doctor;

import io.vireo.control.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The software around Vireo: JDK, Debian packages, DPDK. */
final class EnvironmentChecks {
    private static final int NEEDED_JAVA = 25;

    /** The bindings were generated from this version's headers; the data plane refuses another one. */
    private static final String NEEDED_DPDK = "22.11";

    private static final String INSTALL = "run `./vireo up` once as root: it installs what is missing";

    private EnvironmentChecks() {}

    static List<Finding> run(Path home) {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        Map<String, String> versions = packageVersions(home);
        findings.add(dpdk(versions.getOrDefault("libdpdk-dev", "")));
        versions.forEach((name, version) -> findings.add(
                version.isEmpty()
                        ? Finding.problem("package " + name, "missing", INSTALL)
                        : Finding.ok("package " + name, version)));
        return findings;
    }

    private static Finding jdk() {
        String found = Runtime.version() + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= NEEDED_JAVA
                ? Finding.ok("JDK", found)
                : Finding.problem("JDK", found, "install a JDK of " + NEEDED_JAVA + " or newer");
    }

    private static Finding dpdk(String version) {
        if (version.isEmpty()) {
            return Finding.problem("DPDK", "missing", INSTALL);
        }
        return version.startsWith(NEEDED_DPDK)
                ? Finding.ok("DPDK", version)
                : Finding.problem("DPDK", version, "Vireo is built for DPDK " + NEEDED_DPDK + " (Debian 12)");
    }

    /** Versions of the packages the launcher names; empty for those that are missing. */
    private static Map<String, String> packageVersions(Path home) {
        Map<String, String> versions = new LinkedHashMap<>();
        Command.of(home.resolve("vireo").toString(), "packages")
                .runOrThrow()
                .lines()
                .forEach(name -> versions.put(name, ""));
        List<String> query =
                new ArrayList<>(List.of("dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Version}\n"));
        query.addAll(versions.keySet());
        Command.of(query.toArray(String[]::new))
                .run() // its status is 1 when one package is unknown; the others are printed all the same
                .text()
                .lines()
                .filter(line -> line.startsWith("installed "))
                .map(line -> line.split(" ", -1))
                .forEach(fields -> versions.put(fields[1], fields[2]));
        return versions;
    }
}
