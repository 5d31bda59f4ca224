package io.vireo.dataplane;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The right to be the data plane of a node: an advisory lock that ends with the process, however it ends. The file with the
 * process id beside it is for people and for error messages.
 */
final class DataplaneLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path pidFile;

    private DataplaneLock(FileChannel channel, Path pidFile) {
        this.channel = channel;
        this.pidFile = pidFile;
    }

    /** Takes the lock of a node's directory, which is made if need be. */
    static DataplaneLock take(Context context) {
        try {
            makeDirectory(context.directory());
            FileChannel channel =
                    FileChannel.open(context.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StartException("a data plane is already running in " + context.directory() + " (process "
                        + holder(context.pidFile()) + ")");
            }
            Files.writeString(
                    context.pidFile(), Long.toString(ProcessHandle.current().pid()) + System.lineSeparator());
            return new DataplaneLock(channel, context.pidFile());
        } catch (IOException e) {
            throw new StartException("cannot use the node's directory " + context.directory() + ": " + e, e);
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(Path pidFile) throws IOException {
        return Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown";
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(pidFile);
            channel.close();
        } catch (IOException e) {
            throw new StartException("cannot give up the lock: " + e, e);
        }
    }
}
