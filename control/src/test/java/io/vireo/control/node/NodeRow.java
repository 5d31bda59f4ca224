package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.DataplaneStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Nodes with real data planes on one machine, each with a wire to the next. */
final class NodeRow implements AutoCloseable {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    private final String prefix;
    private final List<RunningNode> nodes = new ArrayList<>();
    private final int wires;

    /**
     * Starts them.
     *
     * @param prefix of the names of devices and nodes, a letter
     * @param mtu of the wires, bytes
     */
    NodeRow(String prefix, Path directory, int mtu, int count) {
        this.prefix = prefix;
        wires = count - 1;
        try {
            start(directory, mtu, count);
        } catch (RuntimeException | AssertionError e) {
            try {
                close();
            } catch (RuntimeException | AssertionError notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
    }

    private void start(Path directory, int mtu, int count) {
        for (int wire = 0; wire < wires; wire++) {
            Shell.run("ip link add " + right(wire) + " type veth peer name " + left(wire + 1));
            for (String end : List.of(right(wire), left(wire + 1))) {
                Shell.run("ip link set " + end + " up mtu " + mtu);
            }
        }
        for (int node = 0; node < count; node++) {
            RunningNode[] others = nodes.toArray(RunningNode[]::new);
            nodes.add(RunningNode.start(
                    prefix + (char) ('a' + node) + PID,
                    directory.resolve(String.valueOf((char) ('a' + node))),
                    devices(node),
                    others));
        }
        for (RunningNode node : nodes) {
            await(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING, "");
        }
    }

    private List<String> devices(int node) {
        List<String> devices = new ArrayList<>();
        if (node > 0) {
            devices.add(left(node));
        }
        if (node < wires) {
            devices.add(right(node));
        }
        return devices;
    }

    /** The node's device on the wire to the one before. */
    String left(int node) {
        return prefix + node + "l" + PID;
    }

    /** The node's device on the wire to the next one. */
    String right(int node) {
        return prefix + node + "r" + PID;
    }

    RunningNode node(int node) {
        return nodes.get(node);
    }

    /** Applies a document to a node. */
    void configure(int node, String document) {
        try {
            nodes.get(node).apply(ConfigurationReader.read(document));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until an address answers a virtual router of the first node. */
    void awaitPing(String vpn, String router, String address) {
        await(() -> reaches(vpn, router, address), vpn + "/" + router + " to " + address);
    }

    private boolean reaches(String vpn, String router, String address) {
        try {
            return nodes.getFirst().in(vpn, router, "ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void await(BooleanSupplier condition, String what) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> what + state()).isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private String state() {
        return nodes.stream()
                .map(node -> node.service().status().drops() + node.log())
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        nodes.forEach(RunningNode::close);
        for (int wire = 0; wire < wires; wire++) {
            Shell.run("ip link del " + right(wire));
        }
    }
}
