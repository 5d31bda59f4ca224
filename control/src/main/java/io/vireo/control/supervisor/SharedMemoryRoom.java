package io.vireo.control.supervisor;

import io.vireo.dataplane.SharedMemoryNeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether there is room for a data plane's shared memory: a container has 64 MB by default ({@code shm_open(3)}). A data plane that is
 * started again makes a new file before the old one goes, so it needs the room twice for a moment.
 *
 * @param freeBytes what is free
 * @param neededBytes what a data plane takes
 */
public record SharedMemoryRoom(long freeBytes, long neededBytes) {
    private static final long MEGABYTE = 1 << 20;

    /**
     * Looks at the file system that holds, or will hold, a directory.
     *
     * @param directory need not be there yet
     * @param settings of the data plane that differ from its defaults
     * @throws IllegalArgumentException when a setting is unknown or out of its range, with its name
     */
    public static SharedMemoryRoom of(Path directory, Map<String, String> settings) {
        return new SharedMemoryRoom(usableBytes(directory), SharedMemoryNeed.bytes(settings));
    }

    /** Whether a data plane can start. */
    public boolean isEnough() {
        return freeBytes >= neededBytes;
    }

    /** Whether it can be started again, too. */
    public boolean isEnoughTwice() {
        return freeBytes >= 2 * neededBytes;
    }

    /** Returns what is there and what is needed. */
    public String found() {
        return freeBytes / MEGABYTE + " MiB free, " + roundedUp(neededBytes) + " MiB needed";
    }

    /** Returns what to do when it is not enough twice. */
    public String remedy() {
        long megabytes = roundedUp(2 * neededBytes);
        return "mount -o remount,size=" + megabytes + "m /dev/shm; in a container: --shm-size " + megabytes
                + "m; or a smaller node, such as --set vireo.max.classes=4096";
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
