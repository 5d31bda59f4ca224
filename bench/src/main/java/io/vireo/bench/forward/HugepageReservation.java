package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hugepages of 2 MiB that are reserved for a while: the kernel has as many as before when it is closed, or when the process ends
 * by itself or by Ctrl-C. Whoever still uses some then keeps them until it ends. One thread.
 */
public final class HugepageReservation implements AutoCloseable {
    private static final Path KERNEL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    private final Path reserved;
    private final long before;
    private volatile boolean isReserved;
    private final Thread atExit = new Thread(this::release);

    private HugepageReservation(Path directory) {
        reserved = directory.resolve("nr_hugepages");
        before = number(reserved);
    }

    /**
     * Sees to it that so many are free.
     *
     * @throws NotMeasuredException when the kernel has no room for them
     */
    public static HugepageReservation reserve(int pages) {
        return reserve(pages, KERNEL);
    }

    /** @param directory the sysfs directory of the page size, or a copy of it */
    static HugepageReservation reserve(int pages, Path directory) {
        HugepageReservation reservation = new HugepageReservation(directory);
        long free = number(directory.resolve("free_hugepages"));
        if (pages > free) {
            Runtime.getRuntime().addShutdownHook(reservation.atExit);
            reservation.isReserved = true;
            write(reservation.reserved, reservation.before + pages - free);
            long available = number(directory.resolve("free_hugepages"));
            if (available < pages) {
                reservation.close();
                throw new NotMeasuredException("--hugepages: the kernel has room for " + available + " of " + pages
                        + " hugepages of 2 MiB; free memory, or reserve them when the machine starts");
            }
        }
        return reservation;
    }

    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The process ends, and the hook has done it or will find it done.
        }
    }

    private void release() {
        if (isReserved) { // else others may have changed it meanwhile
            isReserved = false;
            write(reserved, before);
        }
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the number of hugepages cannot be read", e);
        }
    }

    private static void write(Path file, long number) {
        try {
            Files.writeString(file, Long.toString(number));
        } catch (IOException e) {
            throw new UncheckedIOException("hugepages cannot be reserved", e);
        }
    }
}
