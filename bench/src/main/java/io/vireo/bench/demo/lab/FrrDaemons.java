package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * FRR's zebra and ospfd in a network namespace, unmodified, apart from the machine's own FRR by a path space
 * ({@code -N}, zebra(8)).
 */
public final class FrrDaemons {
    private static final Path RUN_DIRECTORY = Path.of("/var/run/frr");
    private static final Path PROGRAMS = Path.of("/usr/lib/frr");
    private static final Duration START_DEADLINE = Duration.ofSeconds(10);

    private final Lab lab;
    private final String namespace;
    private final Path directory;

    /** @param namespace where they run; also names the path space */
    public FrrDaemons(Lab lab, String namespace) {
        this.lab = lab;
        this.namespace = namespace;
        this.directory = RUN_DIRECTORY.resolve(namespace);
    }

    /** Starts zebra, then ospfd with this configuration, once zebra takes its connection. */
    public void start(List<String> ospfConfiguration) throws InterruptedException {
        // frr's own user writes its sockets and pid files here.
        Command.of("install", "-d", "-o", "frr", "-g", "frr", "-m", "750", directory.toString())
                .runOrThrow();
        startDaemon("zebra", List.of("log stdout"));
        boolean listens = DemoNode.await(START_DEADLINE, () -> Files.exists(directory.resolve("zserv.api")));
        if (!listens) {
            throw new IllegalStateException("zebra does not start in " + namespace + ", see " + lab.log(name("zebra")));
        }
        startDaemon("ospfd", ospfConfiguration);
    }

    /** Removes what the daemons leave behind; they themselves end with the lab. */
    public void removeFiles() {
        Command.of("rm", "-rf", directory.toString()).run();
    }

    private void startDaemon(String daemon, List<String> configuration) {
        Path file = directory.resolve(daemon + ".conf");
        try {
            Files.write(file, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.of("chown", "frr:frr", file.toString()).runOrThrow();
        // -P 0: no TCP port for its terminal.
        lab.start(
                name(daemon),
                Command.of(PROGRAMS.resolve(daemon).toString(), "-N", namespace, "-f", file.toString(), "-P", "0")
                        .in(namespace));
    }

    private String name(String daemon) {
        return daemon + "-" + namespace;
    }
}
