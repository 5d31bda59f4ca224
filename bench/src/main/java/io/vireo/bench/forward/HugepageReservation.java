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
    private volatile boolean isTaken;
    private final Thread atExit = new Thread(this::giveBack);

    private HugepageReservation(Path directory) {
        reserved = directory.resolve("nr_hugepages");
        before = number(reserved);
    }

    /**
     * Sees to it that so many are free.
     *
     * @throws NotMeasuredException when the kernel has no room for them
     */
    public static HugepageReservation take(int pages) {
        return take(pages, KERNEL);
    }

    /** @param directory where the kernel tells and is told, or files like its */
    static HugepageReservation take(int pages, Path directory) {
        HugepageReservation loan = new HugepageReservation(directory);
        long free = number(directory.resolve("free_hugepages"));
        if (pages > free) {
            Runtime.getRuntime().addShutdownHook(loan.atExit);
            loan.isTaken = true;
            write(loan.reserved, loan.before + pages - free);
            long given = number(directory.resolve("free_hugepages"));
            if (given < pages) {
                loan.close();
                throw new NotMeasuredException("--hugepages: the kernel has room for " + given + " of " + pages
                        + " hugepages of 2 MiB; free memory, or reserve them when the machine starts");
            }
        }
        return loan;
    }

    @Override
    public void close() {
        giveBack();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The process ends, and the hook has done it or will find it done.
        }
    }

    private void giveBack() {
        if (isTaken) { // else others may have changed it meanwhile
            isTaken = false;
            write(reserved, before);
        }
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel does not tell its hugepages", e);
        }
    }

    private static void write(Path file, long number) {
        try {
            Files.writeString(file, Long.toString(number));
        } catch (IOException e) {
            throw new UncheckedIOException("hugepages can not be reserved", e);
        }
    }
}
