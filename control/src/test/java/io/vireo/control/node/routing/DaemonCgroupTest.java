package io.vireo.control.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Routing.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a directory in the place of the kernel's file system. */
class DaemonCgroupTest {
    @TempDir
    private Path root;

    @Test
    void shouldWriteLimitsAsTheKernelReadsThem() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        DaemonCgroup cgroup = new DaemonCgroup(root, "n@7");
        Path directory = cgroup.prepare(new ResourceLimits(50, 250, 64));
        assertThat(directory).isEqualTo(root.resolve("vireo-routing/n@7"));
        assertThat(directory.resolve("cpu.weight")).hasContent("50");
        assertThat(directory.resolve("cpu.max")).hasContent("250000 100000");
        assertThat(directory.resolve("memory.max")).hasContent("67108864");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+cpu +memory");
        assertThat(root.resolve("vireo-routing/cgroup.subtree_control")).hasContent("+cpu +memory");
        assertThat(cgroup.state()).isEqualTo(directory.toString());
    }

    @Test
    void shouldSayWhyLimitsAreNotEnforced() {
        DaemonCgroup cgroup = new DaemonCgroup(root, "n@7");
        assertThat(cgroup.prepare(ResourceLimits.DEFAULT)).isEqualTo(Path.of(""));
        assertThat(cgroup.state()).startsWith("not enforced: this machine has no cgroup v2");
    }
}
