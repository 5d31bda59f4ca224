package io.vireo.control.desired;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Linux's {@code CLOCK_BOOTTIME}, as {@code /proc/uptime} has it: in hundredths of a second. */
final class MachineClock implements NodeClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final double MS_PER_SECOND = 1_000.0;

    private final String bootId = read(BOOT_ID);

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public long uptimeMs() {
        String text = read(UPTIME);
        return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * MS_PER_SECOND);
    }

    private static String read(Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
