package io.vireo.dataplane.wire.ring;

import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control process of its own that sends a command, begins another, and dies. */
final class DyingControl {
    static final int EXIT_CODE = 137;

    private DyingControl() {}

    static Process start(Path file) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(DyingControl.class.getName());
        command.add(file.toString());
        return new ProcessBuilder(command).inheritIO().start();
    }

    public static void main(String[] arguments) {
        SharedMemory memory = SharedMemory.map(Path.of(arguments[0]));
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
        new DataplaneProxy(memory, 0).tables().dumpRoutes(1, 42);
        memory.commandRing().tryClaim(MessageFrame.RECORD_TYPE, 64);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
