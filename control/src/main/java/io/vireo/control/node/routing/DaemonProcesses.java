package io.vireo.control.node.routing;

import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.Workspace;
import java.io.IOException;
import java.nio.file.Path;

/** Processes of daemons, which go on when control does not. */
interface DaemonProcesses {
    /** No process. */
    long NONE = 0;

    /** The process of a daemon that was started in a workspace, by whichever life of control; or {@link #NONE}. */
    long find(Workspace workspace, String daemon);

    /** Whether a process is in a namespace. */
    boolean isIn(long pid, String namespace);

    /**
     * Starts a daemon.
     *
     * @param log takes what it writes to its standard output and error
     * @param cgroup to run in, or an empty path
     * @throws IOException when it cannot be, and why
     */
    void start(Workspace workspace, String namespace, Daemon daemon, Path log, Path cgroup) throws IOException;

    /** Asks a process to end. */
    void end(long pid);

    /** Ends a process at once. */
    void kill(long pid);

    /** Waits until a process is no more, for a few seconds at most. Returns whether it is. */
    boolean awaitEnd(long pid);
}
