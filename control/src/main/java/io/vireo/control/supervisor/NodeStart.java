package io.vireo.control.supervisor;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Brings a node up and waits until its services answer, or says why they do not. One thread, used once. */
public final class NodeStart {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_MS = 50;

    /** After this many failed starts of one service: it will not come up. */
    private static final int MAX_FAILED_STARTS = 4;

    private static final int LOG_LINES = 12;

    private final Installation installation;
    private final NodePaths paths;
    private final NodeProcesses processes;
    private final PrintWriter out;

    /**
     * To start the node with these paths.
     *
     * @param out takes what is to be said of the start.
     */
    public NodeStart(NodePaths paths, PrintWriter out) {
        this(Installation.NODE, paths, out);
    }

    /** To start what is installed under these paths. */
    public NodeStart(Installation installation, NodePaths paths, PrintWriter out) {
        this.installation = installation;
        this.paths = paths;
        this.processes = new NodeProcesses(installation, paths);
        this.out = out;
    }

    /**
     * Starts the node, unless it runs, and waits.
     *
     * @param dataPlaneSettings as the data plane documents them; a node that runs keeps its own
     * @throws NodeStartException when the node does not come up; nothing of it is left running then
     */
    public void start(Map<String, String> dataPlaneSettings) throws IOException, InterruptedException {
        var running = processes.supervisor();
        if (running.isPresent() && processes.controlAnswers()) {
            say("%s is running already (supervisor pid %d)"
                    .formatted(installation.title(paths.node()), running.get().pid()));
            return;
        }
        long startedNs = System.nanoTime();
        ProcessHandle supervisor = running.isPresent() ? running.get() : startSupervisor(dataPlaneSettings);
        for (String service : installation.services()) {
            awaitService(service, supervisor, startedNs);
        }
    }

    private ProcessHandle startSupervisor(Map<String, String> dataPlaneSettings) throws IOException {
        if (installation == Installation.NODE) {
            requireSharedMemory(dataPlaneSettings);
        }
        ProcessHandle supervisor = processes.startSupervisor(dataPlaneSettings).toHandle();
        say("%s: supervisor pid %d, logs in %s"
                .formatted(installation.title(paths.node()), supervisor.pid(), paths.logDirectory()));
        return supervisor;
    }

    /** Before anything starts: a data plane that runs out of it says so in its log only, again and again. */
    private void requireSharedMemory(Map<String, String> dataPlaneSettings) {
        SharedMemoryRoom room = SharedMemoryRoom.of(paths.sharedDirectory(), dataPlaneSettings);
        if (!room.isEnough()) {
            throw new NodeStartException("shared memory of " + paths.sharedDirectory() + ": " + room.found()
                    + "; nothing was started. Remedy: " + room.remedy());
        }
    }

    private void awaitService(String service, ProcessHandle supervisor, long startedNs) throws InterruptedException {
        Set<Long> pids = new HashSet<>();
        while (!answers(service)) {
            processes.service(service).ifPresent(process -> pids.add(process.pid()));
            if (pids.size() >= MAX_FAILED_STARTS) {
                throw failure(service, "exits repeatedly at startup");
            }
            long waitedNs = System.nanoTime() - startedNs;
            if (waitedNs > DEADLINE_NS) {
                throw failure(service, "did not answer in " + TimeUnit.NANOSECONDS.toSeconds(DEADLINE_NS) + " s");
            }
            if (!supervisor.isAlive()) { // it may take its time to write its pid file
                throw failure("supervisor", "ended");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        say("%s answers after %.1f s".formatted(service, (System.nanoTime() - startedNs) / 1e9));
    }

    private boolean answers(String service) {
        return service.equals("dataplane") ? processes.dataPlaneReady() : processes.controlAnswers();
    }

    private NodeStartException failure(String service, String what) {
        processes.stop();
        var text = new StringBuilder()
                .append(service)
                .append(' ')
                .append(what)
                .append("; the ")
                .append(installation.label())
                .append(" was stopped again. The last lines of ")
                .append(paths.log(service))
                .append(':');
        LogFiles.tail(paths.log(service), LOG_LINES)
                .forEach(line -> text.append("\n    ").append(line));
        return new NodeStartException(text.toString());
    }

    private void say(String text) {
        out.println("vireo: " + text);
        out.flush();
    }
}
