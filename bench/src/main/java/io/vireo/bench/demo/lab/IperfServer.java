package io.vireo.bench.demo.lab;

import io.vireo.bench.process.ChildProcesses;
import java.time.Duration;

/** iperf3 on a host, which serves one client. */
public final class IperfServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(10);

    private final Process process;

    private IperfServer(Process process) {
        this.process = process;
    }

    /**
     * Starts it; returns when it listens.
     *
     * @param name names the log
     * @throws IllegalStateException when it does not, with what it says
     */
    public static IperfServer start(Lab lab, String name, Host on) throws InterruptedException {
        IperfServer server = new IperfServer(lab.start(name, on.command("iperf3", "-s", "-1", "--forceflush")));
        if (!DemoNode.await(START_DEADLINE, () -> lab.logOf(name).contains("Server listening"))) {
            server.close();
            throw new IllegalStateException(
                    "iperf3 does not listen: " + lab.logOf(name).strip());
        }
        return server;
    }

    /** Its threads. */
    public ThreadSet threads() {
        return ThreadSet.of(process.pid());
    }

    /** Ends it. Returns when it is gone, and its port free for the next one. */
    @Override
    public void close() {
        ChildProcesses.end(process);
    }
}
