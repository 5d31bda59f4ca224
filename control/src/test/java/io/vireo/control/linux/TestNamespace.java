package io.vireo.control.linux;

import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of a test's own, removed with its devices when closed. */
public final class TestNamespace implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final NetworkNamespace namespace;

    public TestNamespace() {
        namespace = NetworkNamespace.create("vtest-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    /** One whose {@code eth0} is the other end of a device made here, a node's port: af_packet takes packets as they are on a wire. */
    public static TestNamespace behind(String port) {
        TestNamespace behind = new TestNamespace();
        Shell.run("ip link add " + port + " type veth peer name eth0 netns " + behind.name());
        behind.run("ethtool -K eth0 tx off tso off gso off");
        return behind;
    }

    /** As {@link #behind}, the host 10.0.N.2 and 2001:db8:N::2 of the router 10.0.N.1 and 2001:db8:N::1. */
    public static TestNamespace hostBehind(String port, int number) {
        TestNamespace host = behind(port);
        host.batch("""
            link set lo up
            address add 10.0.%1$d.2/24 dev eth0
            address add 2001:db8:%1$d::2/64 dev eth0 nodad
            link set eth0 up
            route add default via 10.0.%1$d.1
            route add default via 2001:db8:%1$d::1
            """.formatted(number));
        return host;
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
