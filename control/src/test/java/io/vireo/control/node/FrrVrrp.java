package io.vireo.control.node;

import io.vireo.control.linux.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** FRR's zebra and vrrpd in a network namespace, apart from others by a path space ({@code -N}, zebra(8)). */
final class FrrVrrp implements AutoCloseable {
    private static final long START_NS = 10_000_000_000L;

    private final String namespace;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();

    FrrVrrp(String namespace, List<String> vrrpConfiguration) {
        this.namespace = namespace;
        directory = Path.of("/var/run/frr", namespace);
        Shell.run("install -d -o frr -g frr -m 750 " + directory);
        start("zebra", List.of("log stdout"));
        long deadlineNs = System.nanoTime() + START_NS;
        while (!Files.exists(directory.resolve("zserv.api")) && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(1_000_000);
        }
        start("vrrpd", vrrpConfiguration);
    }

    private void start(String daemon, List<String> configuration) {
        Path file = directory.resolve(daemon + ".conf");
        try {
            Files.write(file, configuration);
            Shell.run("chown frr:frr " + file);
            String command =
                    "ip netns exec %s /usr/lib/frr/%s -N %s -f %s -P 0".formatted(namespace, daemon, namespace, file);
            processes.add(new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(daemon + ".log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.reversed().forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        Shell.run("rm -rf " + directory);
    }
}
