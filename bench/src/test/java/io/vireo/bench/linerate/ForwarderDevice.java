package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.RunningDevice;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.process.ProcessThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@link ForwarderMain} as a device.
 *
 * @param wire its ports
 * @param flaw what it does wrong; empty for nothing
 * @param log receives what it prints
 */
record ForwarderDevice(WireEnds wire, String flaw, Path log) implements DeviceUnderTest {
    @Override
    public String name() {
        return "forwarder";
    }

    @Override
    public RunningDevice start() throws IOException, InterruptedException {
        Process process = ChildProcesses.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwarderMain.class.getName(),
                        wire.ofDevice(0),
                        wire.ofDevice(1),
                        flaw),
                log);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.readString(log).contains(ForwarderMain.READY)) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                throw new IOException("the forwarder did not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new RunningDevice() {
            @Override
            public Rewrite rewrite() {
                return new Rewrite(ROUTER_MAC, GENERATOR_MAC, 64);
            }

            @Override
            public int forwardingThread() throws IOException {
                return ProcessThreads.find(process.pid(), ForwarderMain.THREAD);
            }

            @Override
            public void kill() throws InterruptedException {
                process.destroyForcibly().waitFor();
            }

            @Override
            public void close() {
                ChildProcesses.end(process);
            }
        };
    }
}
