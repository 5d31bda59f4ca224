package io.vireo.bench.demo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Threads that a measurement depends on. */
@FunctionalInterface
public interface ThreadSet {
    /** Their directories {@code /proc/PID/task/TID} now. */
    List<Path> now() throws IOException;

    /** All threads of a process. */
    static ThreadSet of(long pid) {
        return named(pid, "");
    }

    /** The threads of a process whose names begin so; none when it has ended. */
    static ThreadSet named(long pid, String prefix) {
        return () -> {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                return threads.filter(thread -> name(thread).startsWith(prefix)).toList();
            } catch (NoSuchFileException _) {
                return List.of();
            }
        };
    }

    /**
     * The kernel's threads that take packets from one device to the next when an interrupt's time is used up: what leaves by a veth
     * waits for one of them. None where the kernel's threads are not to be seen, as in most containers.
     */
    static ThreadSet softIrqs() {
        return () -> {
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                return processes
                        .filter(process -> name(process).startsWith("ksoftirqd/"))
                        .map(process -> process.resolve("task").resolve(process.getFileName()))
                        .toList();
            }
        };
    }

    /** These and others. */
    default ThreadSet and(ThreadSet others) {
        return () -> Stream.concat(now().stream(), others.now().stream()).toList();
    }

    /** A thread's name, as the kernel has it: 15 characters at most; empty when it has ended. */
    static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }
}
