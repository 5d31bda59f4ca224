package io.vireo.control.node;

import io.vireo.control.node.reconcile.AnswerTimeouts;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a {@link NodeService} is to run. Filled fluently, read once at its start. */
public final class NodeContext {
    private static final String DEFAULT_NODE = "default";

    private String nodeName = DEFAULT_NODE;
    private @Nullable Path sharedDirectory;
    private @Nullable IdRegistry ids;
    private Consumer<NodeEvent> listener = event -> {};
    private AnswerTimeouts answerTimeouts = AnswerTimeouts.DEFAULT;
    private @Nullable Path logDirectory;
    private Duration auditPeriod = Duration.ofSeconds(60);

    /** Name of the node, {@code default} unless several share a machine. */
    public NodeContext nodeName(String name) {
        nodeName = name;
        return this;
    }

    /** Where {@code dataplane.shm}, {@code control.lock} and {@code supervisor.sock} are; by default below /dev/shm. */
    public NodeContext sharedDirectory(Path directory) {
        sharedDirectory = directory;
        return this;
    }

    /** Where numbers are remembered. Required. */
    public NodeContext ids(IdRegistry registry) {
        ids = registry;
        return this;
    }

    /** Is told what happens, on a thread of the node, which must not be kept waiting. */
    public NodeContext listener(Consumer<NodeEvent> consumer) {
        listener = consumer;
        return this;
    }

    /** How often the data plane's tables are compared with the kernel's. */
    public NodeContext auditPeriod(Duration period) {
        auditPeriod = period;
        return this;
    }

    /** Where programs that the node starts have their logs; by default below /var/log. */
    public NodeContext logDirectory(Path directory) {
        logDirectory = directory;
        return this;
    }

    /** How long the data plane may take to answer before a change is refused. */
    public NodeContext answerTimeouts(AnswerTimeouts timeouts) {
        answerTimeouts = timeouts;
        return this;
    }

    String nodeName() {
        return nodeName;
    }

    public Path sharedDirectory() {
        return sharedDirectory == null ? Path.of("/dev/shm/vireo", nodeName) : sharedDirectory;
    }

    IdRegistry ids() {
        return Objects.requireNonNull(ids, "ids");
    }

    Consumer<NodeEvent> listener() {
        return listener;
    }

    AnswerTimeouts answerTimeouts() {
        return answerTimeouts;
    }

    Path logDirectory() {
        return logDirectory == null ? Path.of("/var/log/vireo", nodeName) : logDirectory;
    }

    public Duration auditPeriod() {
        return auditPeriod;
    }

    /** What the names of this node's namespaces begin with. */
    String namespacePrefix() {
        return nodeName.equals(DEFAULT_NODE) ? "vireo-" : "vireo-" + nodeName + "-";
    }
}
