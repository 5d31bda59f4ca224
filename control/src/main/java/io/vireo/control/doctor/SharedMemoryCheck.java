package io.vireo.control.doctor;

import io.vireo.dataplane.SharedMemoryNeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whether there is room for a data plane's shared memory: a container has 64 MB by default ({@code shm_open(3)}). A data
 * plane that is started again makes a new file before the old one goes, so it needs the room twice for a moment. Any thread.
 */
public final class SharedMemoryCheck {
    /** Where shared memory is. */
    static final String SUBJECT = "/dev/shm";

    private static final long MEGABYTE = 1 << 20;

    private final LongSupplier freeBytes;

    SharedMemoryCheck(LongSupplier freeBytes) {
        this.freeBytes = freeBytes;
    }

    /** Looks at the file system that will hold the given directory, which need not be there yet. */
    public static SharedMemoryCheck of(Path directory) {
        return new SharedMemoryCheck(() -> usableBytes(directory));
    }

    /**
     * Compares what is free with what is needed.
     *
     * @param settings of the data plane that differ from its defaults
     * @throws IllegalArgumentException when a setting is unknown or out of its range, with its name
     */
    public Finding run(Map<String, String> settings) {
        long free = freeBytes.getAsLong();
        long needed = SharedMemoryNeed.bytes(settings);
        String found = free / MEGABYTE + " MiB free, " + roundedUp(needed) + " MiB needed";
        if (free < needed) {
            return Finding.problem(SUBJECT, found, advice(needed));
        }
        return free < 2 * needed
                ? Finding.warning(
                        SUBJECT, found + ", twice that while the data plane is started again", advice(2 * needed))
                : Finding.ok(SUBJECT, found);
    }

    private static String advice(long bytes) {
        return "mount -o remount,size=" + roundedUp(bytes) + "m " + SUBJECT + "; in a container: --shm-size "
                + roundedUp(bytes) + "m; or a smaller node, such as --set vireo.max.classes=4096";
    }

    private static long roundedUp(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE;
    }

    private static long usableBytes(Path directory) {
        Path existing = directory.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
