package io.vireo.control.supervisor;

import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryException;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node's processes as seen from outside: which run, starting the supervisor, ending all. One thread. */
public final class NodeProcesses {
    private static final long STOP_SECONDS = 15;

    private final Installation installation;
    private final NodePaths paths;

    /** The processes of the node with these paths. */
    public NodeProcesses(NodePaths paths) {
        this(Installation.NODE, paths);
    }

    /** The processes of what is installed under these paths. */
    public NodeProcesses(Installation installation, NodePaths paths) {
        this.installation = installation;
        this.paths = paths;
    }

    /** The node's supervisor, when it runs. */
    public Optional<ProcessHandle> supervisor() {
        return paths.pidFile("supervisor").read();
    }

    /** The running process of a service, such as {@code dataplane} or {@code control}, that a supervisor started. */
    public Optional<ProcessHandle> service(String name) {
        return paths.pidFile("supervised-" + name).read();
    }

    /** Starts a supervisor that outlives this process, its terminal and its session. */
    Process startSupervisor(Map<String, String> dataPlaneSettings) throws IOException {
        paths.create();
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(JvmCommand.supervisor(installation, paths, dataPlaneSettings));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(LogFiles.openForStart(paths.log("supervisor"), ProcessBuilder.Redirect.DISCARD))
                .start();
    }

    /** Whether the running data plane has said in the shared memory that it is ready. */
    public boolean dataPlaneReady() {
        Optional<ProcessHandle> process = service("dataplane");
        if (process.isEmpty()) {
            return false;
        }
        try (SharedMemory memory = SharedMemory.map(paths.sharedDirectory().resolve("dataplane.shm"))) {
            return memory.dataplanePid() == process.get().pid();
        } catch (SharedMemoryException e) {
            return false; // not there yet, or not ready yet
        }
    }

    /** Whether the JVM that serves the API takes connections. */
    public boolean controlAnswers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(paths.controlSocket()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the supervisor, and with it all services, and services whose supervisor died; true when one had run. */
    public boolean stop() {
        boolean ran = supervisor().map(NodeProcesses::end).isPresent();
        for (String service : installation.services().reversed()) {
            ran |= service(service).map(NodeProcesses::end).isPresent();
        }
        return ran;
    }

    /**
     * Removes the shared memory and the pid files. Only when nothing runs.
     *
     * @throws IOException when a file cannot be removed
     */
    public void removeSharedDirectory() throws IOException {
        FileTree.remove(paths.sharedDirectory());
    }

    private static ProcessHandle end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process;
    }
}
