package io.vireo.control.node.routing;

import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.Workspace;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Daemons as processes of Linux. Each is the head of a session of its own, so that nothing that is meant for control reaches it, and
 * carries in its environment whose it is: that, its pid file and its namespace are what it is known by later.
 */
final class LinuxProcesses implements DaemonProcesses {
    private static final String MARK = "VIREO_ROUTING";

    /** The shell becomes the daemon: its number is the daemon's, and is written before there is one. */
    private static final String START = """
        echo $$ > "$1" && { [ -z "$2" ] || echo $$ > "$2/cgroup.procs"; } && shift 2 && exec "$@\"""";

    private static final String INODE = "unix:ino";
    private static final long MAX_LOG_BYTES = 8 << 20;
    private static final long END_MS = 3_000;
    private static final Path PROC = Path.of("/proc");

    @Override
    public long find(Workspace workspace, String daemon) {
        try {
            String text = Files.readString(workspace.pidFile(daemon)).strip();
            long pid = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : NONE;
            return pid != NONE && isMarked(pid, mark(workspace, daemon)) ? pid : NONE;
        } catch (IOException e) {
            return NONE; // it has ended, or never began
        }
    }

    /** A process that has ended and is not forgotten yet has no environment. */
    private static boolean isMarked(long pid, String mark) throws IOException {
        String environment =
                new String(Files.readAllBytes(PROC.resolve(pid + "/environ")), StandardCharsets.ISO_8859_1);
        return Arrays.asList(environment.split("\0")).contains(MARK + "=" + mark);
    }

    @Override
    public boolean isIn(long pid, String namespace) {
        try {
            Object own = Files.getAttribute(PROC.resolve(pid + "/ns/net"), INODE);
            return own.equals(Files.getAttribute(Path.of("/run/netns", namespace), INODE));
        } catch (IOException e) {
            return false;
        }
    }

    private static String mark(Workspace workspace, String daemon) {
        return workspace.directory() + "/" + daemon;
    }

    @Override
    public void start(Workspace workspace, String namespace, Daemon daemon, Path log, Path cgroup) throws IOException {
        refuseSecond(namespace, daemon.name());
        for (Path socket : daemon.provides()) {
            Files.deleteIfExists(socket);
        }
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", START, "routing"));
        command.add(workspace.pidFile(daemon.name()).toString());
        command.add(cgroup.toString());
        command.addAll(List.of("ip", "netns", "exec", namespace));
        command.addAll(daemon.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(open(log));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put(MARK, mark(workspace, daemon.name()));
        builder.start();
    }

    /** Two of one protocol would both be sent the neighbours' packets. */
    private void refuseSecond(String namespace, String daemon) throws IOException {
        if (daemon.equals("zebra")) {
            return; // each keeps to its own routes, and operators run one for other daemons
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                if (isSecond(process, namespace, daemon)) {
                    throw new IOException("a " + daemon + " that is not the node's runs in namespace " + namespace
                            + ", process " + process.getFileName() + ": end it, or take routing out of the document");
                }
            }
        }
    }

    private boolean isSecond(Path process, String namespace, String daemon) {
        String pid = process.getFileName().toString();
        try {
            return pid.matches("[0-9]+")
                    && Files.readString(process.resolve("comm")).strip().equals(daemon)
                    && isIn(Long.parseLong(pid), namespace);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static Redirect open(Path log) throws IOException {
        try {
            Files.createDirectories(log.resolveSibling(""));
            if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Redirect.appendTo(log.toFile());
        } catch (IOException e) {
            return Redirect.DISCARD; // a node runs without logs, too
        }
    }

    @Override
    public void end(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public boolean awaitEnd(long pid) {
        try {
            ProcessHandle process = ProcessHandle.of(pid).orElse(null);
            if (process != null) {
                process.onExit().get(END_MS, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
