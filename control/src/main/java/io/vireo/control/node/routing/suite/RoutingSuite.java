package io.vireo.control.node.routing.suite;

import io.vireo.control.node.topology.RouterPlan;
import java.io.IOException;
import java.util.List;

/** An implementation of routing protocols: which programs a router needs, how they are configured and asked. Stateless. */
public interface RoutingSuite {

    /** As whom they run. */
    FileOwner owner();

    /**
     * The programs of a router, those first that others need.
     *
     * @throws IOException when a file that the document names cannot be used
     */
    List<Daemon> daemons(RouterPlan router, Workspace workspace) throws IOException;

    /**
     * Brings a program that runs to its configuration.
     *
     * @param from the configuration that it has
     * @throws IOException when it cannot be done so: the program must be started again
     */
    void change(Workspace workspace, Daemon daemon, String from) throws IOException;

    /** Asks the programs that run; what does not answer is left out. Blocks, not for long. */
    Observation observe(RouterPlan router, Workspace workspace);
}
