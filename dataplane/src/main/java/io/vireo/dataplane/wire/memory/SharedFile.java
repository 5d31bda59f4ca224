package io.vireo.dataplane.wire.memory;

import static io.vireo.dataplane.wire.layout.SharedLayout.CAPTURE_RING_BYTES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.COMMAND_RING_BYTES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.DATAPLANE_PID_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.EVENT_RING_BYTES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.HEADER_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.HEADER_LENGTH_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.INCARNATION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.INJECT_RING_BYTES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.LAYOUT_VERSION;
import static io.vireo.dataplane.wire.layout.SharedLayout.LAYOUT_VERSION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.MAGIC;
import static io.vireo.dataplane.wire.layout.SharedLayout.MAGIC_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.MAX_CLASSES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.MAX_INTERFACES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.MAX_ROUTERS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_RING_BYTES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.READY_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.SCHEMA_VERSION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.START_TIME_MS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.TOTAL_LENGTH_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKERS_OFFSET;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemoryException.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** A mapped file whose header has been written or checked. Thread-safe but for {@link #close}. */
final class SharedFile implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path path;
    private final Arena arena;
    private final MemorySegment memory;
    private final SharedLayout layout;

    private SharedFile(Path path, Arena arena, MemorySegment memory, SharedLayout layout) {
        this.path = path;
        this.arena = arena;
        this.memory = memory;
        this.layout = layout;
    }

    static SharedFile create(SharedMemoryContext context) {
        Path path = context.path().toAbsolutePath();
        var layout = new SharedLayout(context.limits());
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        Arena arena = Arena.ofShared();
        try {
            createParent(path);
            Files.deleteIfExists(temporary);
            MemorySegment memory = allocate(temporary, layout.totalLength(), arena);
            long incarnation = Math.max(context.startTimeMs(), incarnationOf(path) + 1);
            writeHeader(new UnsafeBuffer(memory.address(), HEADER_LENGTH), layout, context, incarnation);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return new SharedFile(path, arena, memory, layout);
        } catch (IOException e) {
            arena.close();
            deleteQuietly(temporary);
            String detail = "cannot create " + layout.totalLength() + " bytes: " + e;
            throw new SharedMemoryException(Reason.IO, path, detail, e);
        }
    }

    private static void createParent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent, OWNER_ONLY_DIRECTORY);
        }
    }

    /** Writes zeros rather than set a length: pages of tmpfs that do not exist would be a SIGBUS when it is full. */
    private static MemorySegment allocate(Path path, long length, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE), OWNER_ONLY_FILE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long written = 0; written < length; written += zeros.position()) {
                zeros.clear().limit((int) Math.min(CHUNK_BYTES, length - written));
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
            }
            return channel.map(MapMode.READ_WRITE, 0, length, arena);
        }
    }

    private static void writeHeader(
            UnsafeBuffer header, SharedLayout layout, SharedMemoryContext context, long incarnation) {
        SharedLimits limits = layout.limits();
        header.putLong(MAGIC_OFFSET, MAGIC);
        header.putInt(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        header.putInt(HEADER_LENGTH_OFFSET, HEADER_LENGTH);
        header.putLong(TOTAL_LENGTH_OFFSET, layout.totalLength());
        header.putLong(INCARNATION_OFFSET, incarnation);
        header.putLong(DATAPLANE_PID_OFFSET, context.pid());
        header.putLong(START_TIME_MS_OFFSET, context.startTimeMs());
        header.putInt(SCHEMA_VERSION_OFFSET, SharedLayout.schemaVersion());
        header.putInt(WORKERS_OFFSET, limits.workers());
        header.putInt(MAX_ROUTERS_OFFSET, limits.maxRouters());
        header.putInt(MAX_INTERFACES_OFFSET, limits.maxInterfaces());
        header.putInt(MAX_CLASSES_OFFSET, limits.maxClasses());
        header.putInt(COMMAND_RING_BYTES_OFFSET, limits.commandRingBytes());
        header.putInt(EVENT_RING_BYTES_OFFSET, limits.eventRingBytes());
        header.putInt(PUNT_RING_BYTES_OFFSET, limits.puntRingBytes());
        header.putInt(INJECT_RING_BYTES_OFFSET, limits.injectRingBytes());
        header.putInt(CAPTURE_RING_BYTES_OFFSET, limits.captureRingBytes());
    }

    static SharedFile map(Path givenPath) {
        Path path = givenPath.toAbsolutePath();
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, READ, WRITE)) {
            long length = channel.size();
            if (length < HEADER_LENGTH) {
                throw truncated(path, length, HEADER_LENGTH);
            }
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, length, arena);
            SharedLayout layout = checkHeader(path, new UnsafeBuffer(memory.address(), HEADER_LENGTH), length);
            return new SharedFile(path, arena, memory, layout);
        } catch (NoSuchFileException e) {
            arena.close();
            throw new SharedMemoryException(Reason.MISSING, path, "no such file: the data plane has not started", e);
        } catch (IOException e) {
            arena.close();
            throw new SharedMemoryException(Reason.IO, path, "cannot open: " + e, e);
        } catch (SharedMemoryException e) {
            arena.close();
            throw e;
        }
    }

    /** Magic, then version, then ready: only then does anything else in the header have a meaning. */
    private static SharedLayout checkHeader(Path path, UnsafeBuffer header, long length) {
        long magic = header.getLong(MAGIC_OFFSET);
        if (magic != MAGIC) {
            String detail = "not a shared-memory file of Vireo: magic is 0x" + Long.toHexString(magic) + ", not 0x"
                    + Long.toHexString(MAGIC);
            throw new SharedMemoryException(Reason.WRONG_MAGIC, path, detail);
        }
        int version = header.getInt(LAYOUT_VERSION_OFFSET);
        if (version != LAYOUT_VERSION) {
            String detail = "found layout version " + version + ", this program speaks " + LAYOUT_VERSION;
            throw new SharedMemoryException(Reason.WRONG_VERSION, path, detail);
        }
        int ready = header.getIntAcquire(READY_OFFSET); // pairs with putIntRelease in SharedMemory.ready
        if (ready == SharedLayout.NOT_READY) {
            throw new SharedMemoryException(Reason.NOT_READY, path, "the data plane is still starting");
        }
        if (ready == SharedLayout.CLOSED) {
            throw new SharedMemoryException(Reason.CLOSED, path, "the data plane that made it has ended");
        }
        if (ready != SharedLayout.READY) {
            throw new SharedMemoryException(Reason.CORRUPT, path, "its ready word is " + ready);
        }
        return checkLengths(path, header, length);
    }

    private static SharedLayout checkLengths(Path path, UnsafeBuffer header, long length) {
        long totalLength = header.getLong(TOTAL_LENGTH_OFFSET);
        if (length < totalLength) {
            throw truncated(path, length, totalLength);
        }
        var layout = new SharedLayout(readLimits(path, header));
        if (header.getInt(HEADER_LENGTH_OFFSET) != HEADER_LENGTH || layout.totalLength() != totalLength) {
            String detail = "header says " + header.getInt(HEADER_LENGTH_OFFSET) + " of " + totalLength
                    + " bytes, its limits need " + HEADER_LENGTH + " of " + layout.totalLength();
            throw new SharedMemoryException(Reason.CORRUPT, path, detail);
        }
        return layout;
    }

    private static SharedLimits readLimits(Path path, UnsafeBuffer header) {
        try {
            return new SharedLimits(
                    header.getInt(WORKERS_OFFSET),
                    header.getInt(MAX_ROUTERS_OFFSET),
                    header.getInt(MAX_INTERFACES_OFFSET),
                    header.getInt(MAX_CLASSES_OFFSET),
                    header.getInt(COMMAND_RING_BYTES_OFFSET),
                    header.getInt(EVENT_RING_BYTES_OFFSET),
                    header.getInt(PUNT_RING_BYTES_OFFSET),
                    header.getInt(INJECT_RING_BYTES_OFFSET),
                    header.getInt(CAPTURE_RING_BYTES_OFFSET));
        } catch (IllegalArgumentException e) {
            throw new SharedMemoryException(Reason.CORRUPT, path, "its header says " + e.getMessage(), e);
        }
    }

    private static SharedMemoryException truncated(Path path, long length, long expectedLength) {
        String detail = "truncated: " + length + " bytes, expected " + expectedLength;
        return new SharedMemoryException(Reason.TRUNCATED, path, detail);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The error that brought us here is the one to report; a leftover is deleted by the next start.
        }
    }

    /** Returns the incarnation of the file that now bears the name, or -1 when there is none of ours. */
    long incarnationOnDisk() {
        try {
            return incarnationOf(path);
        } catch (IOException e) {
            return -1;
        }
    }

    private static long incarnationOf(Path path) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(INCARNATION_OFFSET + Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.read(start, 0);
        } catch (NoSuchFileException e) {
            return -1;
        }
        boolean isOurs = !start.hasRemaining() && start.getLong(MAGIC_OFFSET) == MAGIC;
        return isOurs ? start.getLong(INCARNATION_OFFSET) : -1;
    }

    Path path() {
        return path;
    }

    SharedLayout layout() {
        return layout;
    }

    UnsafeBuffer section(long offset, int length) {
        return new UnsafeBuffer(memory.asSlice(offset, length).address(), length);
    }

    @Override
    public void close() {
        arena.close();
    }
}
