package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.DataplaneStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Two nodes with real data planes on one machine and one wire between them, and a witness of what arrives at the second. */
final class TwoNodes implements AutoCloseable {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    final RunningNode a;
    final RunningNode b;
    private final String prefix;
    private final Path capture;

    /**
     * Starts both, each with its end of the wire.
     *
     * @param prefix of the names of devices and nodes, a letter
     * @param mtu of the wire, bytes
     * @param document to be filled with a node's number, the other's, and the wire's device
     */
    TwoNodes(String prefix, Path directory, int mtu, String document) throws Exception {
        this.prefix = prefix;
        capture = directory.resolve("w.pcap");
        Shell.run("ip link add " + wire(1) + " type veth peer name " + wire(2));
        for (int end = 1; end <= 2; end++) {
            Shell.run("ip link set " + wire(end) + " up mtu " + mtu);
        }
        a = RunningNode.start(prefix + "a" + PID, directory.resolve("a"), List.of(wire(1)));
        b = RunningNode.start(prefix + "b" + PID, directory.resolve("b"), List.of(wire(2)), a);
        try {
            configure(document);
        } catch (Exception | AssertionError e) {
            close(); // nobody else can
            throw e;
        }
    }

    private void configure(String document) throws Exception {
        for (RunningNode node : List.of(a, b)) {
            await(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING, "");
        }
        a.apply(ConfigurationReader.read(document.formatted(1, 2, wire(1))));
        b.apply(ConfigurationReader.read(document.formatted(2, 1, wire(2))));
    }

    private String wire(int node) {
        return prefix + node + PID;
    }

    /** Waits until an address answers a virtual router of the first node. */
    void awaitPing(String vpn, String router, String address) {
        await(() -> reaches(vpn, router, address), vpn + "/" + router + " to " + address);
    }

    private boolean reaches(String vpn, String router, String address) {
        try {
            return a.in(vpn, router, "ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void await(BooleanSupplier condition, String what) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> what
                            + a.service().status().drops()
                            + b.service().status().drops()
                            + a.log()
                            + b.log())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Begins to record so many packets that arrive at b; the wire does not show what b itself sends. */
    Process capture(int packets, String filter) throws IOException {
        String command = "tcpdump -Z root -q -U -c " + packets + " -i " + wire(2) + " -w " + capture + " " + filter;
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
        a.close();
        b.close();
        Shell.run("ip link del " + wire(1));
    }
}
