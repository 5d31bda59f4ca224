package io.vireo.control.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A file that names a running process: its pid, and its start time, because the kernel reuses pids.
 *
 * @param path where the file lies
 */
public record PidFile(Path path) {
    /**
     * Names {@code process} in the file, replacing it in one step.
     *
     * @throws IOException when the file cannot be written, or the process has ended
     */
    public void write(ProcessHandle process) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.writeString(next, process.pid() + " " + startTicks(process.pid()) + "\n");
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The process the file names, when it still runs. */
    public Optional<ProcessHandle> read() {
        try {
            String[] fields = Files.readString(path).strip().split(" ", -1);
            long pid = Long.parseLong(fields[0]);
            boolean same = fields.length > 1 && startTicks(pid).equals(fields[1]);
            return same ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // no file, half a file or no such process: nothing of ours runs
        }
    }

    /** Whether the file is there, whatever it names. */
    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Removes the file; none is no error.
     *
     * @throws IOException when it cannot be removed
     */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Clock ticks between boot and the process's start: field 22 of {@code /proc/PID/stat}, see proc(5). */
    private static String startTicks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The second field is the program's name in parentheses and may hold spaces: count from its end.
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    }
}
