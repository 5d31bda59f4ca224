package io.vireo.control.linux;

import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of a test's own, removed with its devices when closed. */
public final class TestNamespace implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final NetworkNamespace namespace;

    public TestNamespace() {
        namespace = NetworkNamespace.create("vtest-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    public String name() {
        return namespace.name();
    }

    /** Runs a command line inside. */
    public String run(String commandLine) {
        return Shell.run("ip netns exec " + name() + " " + commandLine);
    }

    /** Gives iproute2 many commands at once. */
    public String batch(String commands) {
        return Shell.runWithInput("ip -n " + name() + " -batch -", commands);
    }

    @Override
    public void close() {
        namespace.close();
        NetworkNamespace.delete(name());
    }
}
