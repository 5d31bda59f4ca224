package io.vireo.control.supervisor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The log files of a node's processes: kept small, and read back when something fails. */
final class LogFiles {
    /** A log that is longer than this is set aside, once, before its process starts again. */
    static final long ROTATE_ABOVE_BYTES = 16L << 20;

    private static final System.Logger LOGGER = System.getLogger(LogFiles.class.getName());
    private static final int TAIL_BYTES = 16 << 10;

    private LogFiles() {}

    /** Sets a long log aside as {@code NAME.1}. */
    static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > ROTATE_ABOVE_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Where a process that is about to start prints to: into its log, after a long one is set aside. What fails is
     * logged here and stops nothing.
     *
     * @param instead taken when the log cannot be opened
     */
    static ProcessBuilder.Redirect openForStart(Path log, ProcessBuilder.Redirect instead) {
        try {
            rotate(log);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} is not rotated: {1}", log, e.toString());
        }
        try {
            Files.newByteChannel(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return ProcessBuilder.Redirect.appendTo(log.toFile());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} is not written until the next start: {1}", log, e.toString());
            return instead;
        }
    }

    /** The last {@code lines} lines of a log; none when it does not exist. */
    static List<String> tail(Path log, int lines) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var bytes = java.nio.ByteBuffer.allocate(TAIL_BYTES);
            while (channel.read(bytes) > 0) {}
            List<String> all = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
