package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node with namespaces of its own whose data plane only notes the commands: what tests of those have in common. */
final class FakeNode implements AutoCloseable {
    private static final long TIMEOUT_NS = 20_000_000_000L;
    private static final int INTERFACE_IDS = 256;

    final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    final NodeService service;
    FakeDataplane dataplane;
    private final MemoryIds ids = new MemoryIds();
    private final Path directory;
    private final String name;

    /**
     * Starts it, and waits until it has found its data plane.
     *
     * @param directory of its own.
     * @param prefix of its name, and so of its namespaces', beside this process's id.
     */
    FakeNode(Path directory, String prefix) {
        this.directory = directory;
        name = prefix + ProcessHandle.current().pid();
        dataplane = new FakeDataplane(directory);
        service = NodeService.start(new NodeContext()
                .nodeName(name)
                .sharedDirectory(directory)
                .ids(ids)
                .listener(events::add));
        waitUntil(() -> service.status().dataplane().state() != DataplaneStatus.State.ABSENT);
    }

    ApplyReport apply(String document) throws InvalidConfigurationException, ApplyRefusedException {
        return service.apply(ConfigurationReader.read(document));
    }

    /** The data plane dies and begins anew. */
    void restartDataplane() {
        dataplane.close();
        dataplane = new FakeDataplane(directory);
    }

    String namespace(String vpn, String router) {
        return "vireo-" + name + "-" + vpn + "-" + router;
    }

    /** The number of an interface, {@code VPN/ROUTER/INTERFACE}. */
    int interfaceId(String path) {
        return ids.idOf(IdRegistry.Kind.INTERFACE, path, INTERFACE_IDS);
    }

    InterfaceStatus interfaceStatus(String vpn, String interfaceName) {
        return service.status().routers().stream()
                .filter(router -> router.vpn().equals(vpn))
                .flatMap(router -> router.interfaces().stream())
                .filter(each -> each.name().equals(interfaceName))
                .findFirst()
                .orElseThrow();
    }

    static void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time that has passed").isLessThan(deadlineNs);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Stops it; nothing of it may be left. */
    @Override
    public void close() {
        service.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        assertThat(NetworkNamespace.list("vireo-" + name)).isEmpty();
    }
}
