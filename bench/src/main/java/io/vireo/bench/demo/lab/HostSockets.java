package io.vireo.bench.demo.lab;

import io.vireo.control.linux.NetworkNamespace;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.Callable;

/** Sockets of this JVM in the hosts' namespaces. */
final class HostSockets {
    private HostSockets() {}

    /** Opens a socket in the host's namespace; it stays there whichever thread uses it. */
    static DatagramChannel open(Host host, Callable<DatagramChannel> open) {
        try (NetworkNamespace namespace = NetworkNamespace.open(host.namespace())) {
            return namespace.call(open);
        }
    }
}
