package io.vireo.control.node.routing;

import io.vireo.control.model.Routing.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cgroup of one router's daemons (Linux's cgroup-v2.rst), where the machine has the second version of those. */
final class DaemonCgroup {
    static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Path NONE = Path.of("");
    private static final String PARENT = "vireo-routing";
    private static final String CONTROLLERS = "+cpu +memory";
    private static final int PERIOD_US = 100_000;

    private final Path root;
    private final Path directory;
    private String state = "not yet known";

    /** @param name of its own */
    DaemonCgroup(Path root, String name) {
        this.root = root;
        directory = root.resolve(PARENT).resolve(name);
    }

    /** Where it is; or why there is none. */
    String state() {
        return state;
    }

    /** Makes it with these limits, or changes them. Returns where it is, or an empty path. */
    Path prepare(ResourceLimits limits) {
        if (!Files.exists(root.resolve("cgroup.controllers"))) {
            state = "not enforced: this machine has no cgroup v2 at " + root;
            return NONE;
        }
        try {
            Files.createDirectories(directory);
            Files.writeString(root.resolve("cgroup.subtree_control"), CONTROLLERS);
            Files.writeString(root.resolve(PARENT).resolve("cgroup.subtree_control"), CONTROLLERS);
            Files.writeString(directory.resolve("cpu.weight"), Integer.toString(limits.cpuWeight()));
            int quotaUs = limits.cpuPercent() * (PERIOD_US / 100);
            Files.writeString(directory.resolve("cpu.max"), quotaUs + " " + PERIOD_US);
            Files.writeString(directory.resolve("memory.max"), Long.toString((long) limits.memoryMegabytes() << 20));
            state = directory.toString();
            return directory;
        } catch (IOException e) {
            state = "not enforced: " + e;
            return NONE;
        }
    }

    /** Removes it, once no process is in it. */
    void remove() {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            state = "not removed: " + e;
        }
    }
}
