package io.vireo.control.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Kernel parameters under {@code /proc/sys}, written {@code net/ipv4/ip_forward}. Those of {@code net/} belong to the
 * network namespace of the calling thread; use them within {@link NetworkNamespace#call}.
 */
public final class Sysctl {
    private static final Path ROOT = Path.of("/proc/sys");
    private static final int MAX_VALUE_BYTES = 4096;

    private Sysctl() {}

    /** The value without its line end, or empty when this kernel has no such parameter. */
    public static Optional<String> read(String name) {
        try (InputStream file = Files.newInputStream(ROOT.resolve(name))) {
            // At once: the kernel gives nothing to a second read (do_proc_dointvec()), and Files.readString begins with
            // one byte.
            byte[] value = new byte[MAX_VALUE_BYTES];
            int length = Math.max(0, file.read(value));
            return Optional.of(new String(value, 0, length, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("sysctl " + name, e);
        }
    }

    /** Sets a parameter; returns false when this kernel, or this kind of namespace, does not have it. */
    public static boolean writeIfPresent(String name, String value) {
        try {
            Files.write(ROOT.resolve(name), value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("sysctl " + name + "=" + value, e);
        }
    }
}
