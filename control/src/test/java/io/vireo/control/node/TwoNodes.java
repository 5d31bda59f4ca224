package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two nodes with real data planes on one machine and one wire between them, and a witness of what arrives at the second. */
final class TwoNodes implements AutoCloseable {
    private static final long TIMEOUT_NS = 60_000_000_000L;

    final RunningNode a;
    final RunningNode b;
    private final NodeRow row;
    private final Path capture;

    /**
     * Starts both, each with its end of the wire.
     *
     * @param prefix of the names of devices and nodes, a letter
     * @param mtu of the wire, bytes
     * @param document to be filled with a node's number, the other's, and the wire's device
     */
    TwoNodes(String prefix, Path directory, int mtu, String document) {
        capture = directory.resolve("w.pcap");
        row = new NodeRow(prefix, directory, mtu, 2);
        a = row.node(0);
        b = row.node(1);
        try {
            row.configure(0, document.formatted(1, 2, row.right(0)));
            row.configure(1, document.formatted(2, 1, row.left(1)));
        } catch (AssertionError e) {
            close(); // nobody else can
            throw e;
        }
    }

    /** Waits until an address answers a virtual router of the first node. */
    void awaitPing(String vpn, String router, String address) {
        row.awaitPing(vpn, router, address);
    }

    /** Begins to record so many packets that arrive at b; the wire does not show what b itself sends. */
    Process capture(int packets, String filter) throws IOException {
        String command = "tcpdump -Z root -q -U -c " + packets + " -i " + row.left(1) + " -w " + capture + " " + filter;
        Process process = new ProcessBuilder(List.of(command.split(" ", -1)))
                .redirectErrorStream(true)
                .start();
        // It has opened its socket when it says that it listens.
        assertThat(process.inputReader().lines().anyMatch(line -> line.contains("listening on")))
                .isTrue();
        return process;
    }

    /** Waits until all have been recorded. */
    static void awaitEnd(Process capture) throws InterruptedException {
        assertThat(capture.waitFor(TIMEOUT_NS, TimeUnit.NANOSECONDS)).isTrue();
    }

    /** How many of the recorded packets tshark finds by a display filter without blanks. */
    long count(String filter) {
        return Shell.run("tshark -r " + capture + " -T fields -e frame.number -Y " + filter)
                .lines()
                .filter(line -> line.matches("\\d+")) // tshark says too that it runs as root
                .count();
    }

    @Override
    public void close() {
        row.close();
    }
}
