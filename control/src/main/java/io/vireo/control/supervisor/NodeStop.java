package io.vireo.control.supervisor;

import io.vireo.control.node.NodeService;
import java.io.IOException;

/** Ends a node. What was configured is kept, for its next start. */
public final class NodeStop {
    private NodeStop() {}

    /**
     * Ends the node's processes and removes its namespaces; nothing of it need run.
     *
     * @return whether something of it ran
     * @throws IOException when a file cannot be removed
     */
    public static boolean stop(NodePaths paths) throws IOException {
        boolean ran = stopProcesses(paths);
        NodeService.removeNamespaces(paths.sharedDirectory());
        new NodeProcesses(paths).removeSharedDirectory(); // the list of namespaces lies there too
        return ran;
    }

    /** Ends the node's processes alone; returns whether any ran. */
    public static boolean stopProcesses(NodePaths paths) {
        return new NodeProcesses(paths).stop();
    }
}
