package io.vireo.control.node;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.Configuration;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** One of several nodes on the machine: a real data plane, and control in this process. */
final class RunningNode implements AutoCloseable {
    private final Path directory;
    private final Collection<String> devices;
    private final NodeService service;
    private RunningDataplane dataplane;

    private RunningNode(String name, Path directory, Collection<String> devices) {
        this.directory = directory;
        this.devices = devices;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dataplane = new RunningDataplane(directory);
        service = NodeService.start(
                new NodeContext().nodeName(name).sharedDirectory(directory).ids(new MemoryIds()));
    }

    /**
     * Starts a node; its data plane has a process id by which it can open its devices beside the others.
     *
     * @param devices Linux devices of its ports
     */
    static RunningNode start(String name, Path directory, Collection<String> devices, RunningNode... others) {
        RunningNode node = new RunningNode(name, directory, devices);
        while (node.meetsAny(others)) {
            node.close();
            node = new RunningNode(name, directory, devices);
        }
        return node;
    }

    private boolean meetsAny(RunningNode... others) {
        for (RunningNode other : others) {
            if (FanoutGroups.meet(other.dataplane.pid(), other.devices, dataplane.pid(), devices)) {
                return true;
            }
        }
        return false;
    }

    void apply(Configuration configuration) throws ApplyRefusedException {
        service.apply(configuration);
    }

    NodeService service() {
        return service;
    }

    String log() {
        return dataplane.log();
    }

    /** Ends the data plane as {@code kill -9} does. */
    void killDataplane() {
        dataplane.kill();
    }

    /** Starts another data plane in place of one that was killed. */
    void startDataplane() {
        dataplane = new RunningDataplane(directory);
    }

    /** Runs a command in the namespace of a virtual router. */
    String in(String vpn, String router, String command) {
        return Shell.run("ip netns exec " + service.namespaceOf(vpn, router) + " " + command);
    }

    /** Starts an iperf3 server for one client in the namespace of a virtual router; when this returns it listens. */
    Process serveIperf(String vpn, String router) throws IOException {
        String command = "ip netns exec " + service.namespaceOf(vpn, router) + " iperf3 -s -1 --forceflush";
        Process server = new ProcessBuilder(command.split(" ", -1))
                .redirectErrorStream(true)
                .start();
        if (server.inputReader().lines().noneMatch(line -> line.contains("listening"))) {
            throw new AssertionError("iperf3 does not listen");
        }
        return server;
    }

    @Override
    public void close() {
        service.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
    }
}
