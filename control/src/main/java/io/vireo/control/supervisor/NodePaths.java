package io.vireo.control.supervisor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * Where a node's files lie. A machine may carry several nodes; the one called {@value #DEFAULT_NODE} has the short names.
 *
 * @param node name of the node: it becomes part of namespace and file names
 * @param root directory under which all paths lie; {@code /} except in tests
 */
public record NodePaths(String node, Path root) {
    /** Under this name lie the files of the controller of a network; no node may have it. */
    public static final String CONTROLLER = "controller";

    /** Name of the node when none is given. */
    public static final String DEFAULT_NODE = "default";

    private static final System.Logger LOGGER = System.getLogger(NodePaths.class.getName());
    private static final Pattern NODE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

    /**
     * Checks the node's name.
     *
     * @throws IllegalArgumentException when the name is not 1..31 lower-case letters, digits and dashes
     */
    public NodePaths {
        if (!NODE_NAME.matcher(node).matches()) {
            throw new IllegalArgumentException(
                    "node name '" + node + "': 1 to 31 lower-case letters, digits and dashes are allowed");
        }
    }

    /** The paths of a node of this machine. */
    public static NodePaths of(String node) {
        return new NodePaths(node, Path.of("/"));
    }

    /** Memory shared by the processes, locks, pid files: does not outlive a reboot. */
    public Path sharedDirectory() {
        return root.resolve("dev/shm/vireo").resolve(node);
    }

    /** Desired state: outlives everything. */
    public Path stateDirectory() {
        return root.resolve("var/lib/vireo").resolve(node);
    }

    /** Logs of the three processes. */
    public Path logDirectory() {
        return root.resolve("var/log/vireo").resolve(node);
    }

    /** The socket that operators and the CLI speak to. */
    public Path controlSocket() {
        String name = node.equals(DEFAULT_NODE) ? "control" : node;
        return root.resolve("run/vireo").resolve(name + ".sock");
    }

    /** The socket over which control hands TAP descriptors to the supervisor. */
    public Path supervisorSocket() {
        return sharedDirectory().resolve("supervisor.sock");
    }

    /** Held by the supervisor while it lives. */
    public Path supervisorLock() {
        return sharedDirectory().resolve("supervisor.lock");
    }

    /** The pid file of one of the node's processes. */
    public PidFile pidFile(String process) {
        return new PidFile(sharedDirectory().resolve(process + ".pid"));
    }

    /** What one of the node's processes has written to its standard output and error. */
    public Path log(String process) {
        return logDirectory().resolve(process + ".log");
    }

    /**
     * Creates what does not exist yet; the shared directory is closed to other users.
     *
     * @throws IOException when a directory other than the logs' cannot be made
     */
    public void create() throws IOException {
        Files.createDirectories(sharedDirectory());
        Files.setPosixFilePermissions(sharedDirectory(), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(stateDirectory());
        createLogDirectory();
        Path sockets = controlSocket().resolveSibling("");
        Files.createDirectories(sockets);
    }

    /** A node runs without logs too. */
    private void createLogDirectory() {
        try {
            Files.createDirectories(logDirectory());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "node {0} has no log directory: {1}", node, e.toString());
        }
    }
}
