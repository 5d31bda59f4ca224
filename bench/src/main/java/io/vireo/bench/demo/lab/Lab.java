package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The hosts around Vireo, and the programs that run on them for longer than a moment. {@link #close} takes everything
 * away again, also after half a start, and may be called twice.
 */
public final class Lab implements AutoCloseable {
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final List<Veth> vethPairs = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Path logDirectory;

    /** @param logDirectory where background programs write what they print */
    public Lab(Path logDirectory) {
        this.logDirectory = logDirectory;
    }

    /** Names a host, to be made by {@link #create}. */
    void add(String name, Host host) {
        hosts.put(name, host);
    }

    /** Adds a veth pair, to be made by {@link #create}. */
    void add(Veth vethPair) {
        vethPairs.add(vethPair);
    }

    /** A host by its name in the lab, such as {@code blue-h1}. */
    public Host host(String name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("the lab has no host " + name);
        }
        return host;
    }

    /** All hosts. */
    public Collection<Host> hosts() {
        return hosts.values();
    }

    /** All veth pairs. */
    List<Veth> vethPairs() {
        return List.copyOf(vethPairs);
    }

    /** Makes all hosts and veth pairs, after removing what an earlier run may have left. */
    public void create() {
        remove();
        hosts.values().forEach(Host::create);
        vethPairs.forEach(Veth::create);
    }

    private void remove() {
        hosts.values().forEach(Host::remove);
        vethPairs.forEach(Veth::remove);
    }

    /**
     * Starts a program that runs until it ends, is stopped, or the lab is closed.
     *
     * @param name names its log
     */
    public synchronized Process start(String name, Command command) {
        Process process = command.startInBackground(log(name));
        processes.add(process);
        return process;
    }

    /** The file that receives what the background program {@code name} prints. */
    public Path log(String name) {
        return logDirectory.resolve(name + ".log");
    }

    /** What the background program {@code name} has printed so far. */
    public String logOf(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends background programs and removes the hosts and veth pairs. */
    @Override
    public synchronized void close() {
        processes.forEach(Process::destroy);
        processes.forEach(Lab::awaitEnd);
        processes.clear();
        remove();
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
