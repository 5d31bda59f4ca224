package io.vireo.dataplane.wire.memory;

import static io.vireo.dataplane.wire.layout.SharedLayout.CONTROL_HEARTBEAT_NS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.CONTROL_INCARNATION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.CONTROL_PID_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.DATAPLANE_PID_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.HEADER_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.INCARNATION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.READY_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.SCHEMA_VERSION_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.START_TIME_MS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.ringLength;

import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.counters.KeepaliveWriter;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the data plane and control share. The data plane creates it, fills its tables, and then says
 * {@link #ready}; control maps it. Both may end and start again at any time: a data plane that starts makes a new file
 * of a greater incarnation under the same name, and a control that holds the old one notices by {@link #isStale}.
 *
 * <p>Thread-safe, except {@link #close}: memory is reached by raw address, so whoever closes it must first have stopped
 * every thread that uses anything obtained from here.
 */
public final class SharedMemory implements AutoCloseable {
    private final SharedFile file;
    private final boolean isOwner;
    private final SharedLayout layout;
    private final UnsafeBuffer header;
    private final CountersReader counters;
    private final SystemCounters systemCounters;
    private final @Nullable DistinctErrorLog errorLog;

    private SharedMemory(SharedFile file, boolean isOwner) {
        this.file = file;
        this.isOwner = isOwner;
        layout = file.layout();
        header = file.section(0, HEADER_LENGTH);
        UnsafeBuffer metadata = file.section(layout.countersMetadataOffset(), SharedLayout.countersMetadataLength());
        UnsafeBuffer values = file.section(layout.countersValuesOffset(), SharedLayout.countersValuesLength());
        if (isOwner) {
            var manager = new CountersManager(metadata, values);
            counters = manager;
            systemCounters = SystemCounters.create(manager);
            errorLog = new DistinctErrorLog(errorLogBuffer(), SystemEpochClock.INSTANCE);
        } else {
            counters = new CountersReader(metadata, values);
            systemCounters = SystemCounters.attach(counters);
            errorLog = null;
        }
    }

    /**
     * Creates the file, replacing one that an earlier data plane left. All its memory is taken at once, so that a full
     * file system is an error here and not a crash later. Control cannot map it before {@link #ready}.
     *
     * @throws SharedMemoryException when the file cannot be created
     */
    public static SharedMemory create(SharedMemoryContext context) {
        return new SharedMemory(SharedFile.create(context), true);
    }

    /**
     * Maps the file of a running data plane.
     *
     * @throws SharedMemoryException when it is missing, not ready, closed, truncated, of another version or not ours at
     *     all; nothing is changed then
     */
    public static SharedMemory map(Path path) {
        return new SharedMemory(SharedFile.map(path), false);
    }

    /** Opens it for control: the last thing a data plane does when it starts. Everything written before is then seen. */
    public void ready() {
        header.putIntRelease(
                READY_OFFSET, SharedLayout.READY); // pairs with getIntAcquire in SharedFile.map and isReady
    }

    /** Returns whether the data plane has said {@link #ready} and has not closed it. */
    public boolean isReady() {
        return header.getIntAcquire(READY_OFFSET) == SharedLayout.READY;
    }

    /**
     * Returns whether this is no longer the memory of the node's data plane: closed in good order, removed, or replaced
     * by a newer one. Looks at the file system: ask about once a second. A data plane that was killed and not yet
     * replaced is not stale; its heartbeats stop.
     */
    public boolean isStale() {
        return !isReady() || file.incarnationOnDisk() != incarnation();
    }

    /** Returns what there is room for. */
    public SharedLimits limits() {
        return layout.limits();
    }

    /** Returns the path of the file. */
    public Path path() {
        return file.path();
    }

    /** Returns the number of this life of the data plane: greater than that of any earlier one. */
    public long incarnation() {
        return header.getLong(INCARNATION_OFFSET);
    }

    /** Returns the process id of the data plane. */
    public long dataplanePid() {
        return header.getLong(DATAPLANE_PID_OFFSET);
    }

    /** Returns when the data plane started, in ms since 1970 UTC. */
    public long startTimeMs() {
        return header.getLong(START_TIME_MS_OFFSET);
    }

    /** Returns the schema version up to which the data plane understands messages. */
    public int schemaVersion() {
        return header.getInt(SCHEMA_VERSION_OFFSET);
    }

    /** A control process is there now. Its incarnation is one more than the last one's. */
    public void attachControl(long pid, long nowNs) {
        header.putLongOpaque(CONTROL_PID_OFFSET, pid);
        header.putLongOpaque(CONTROL_HEARTBEAT_NS_OFFSET, nowNs);
        header.getAndAddLong(CONTROL_INCARNATION_OFFSET, 1);
    }

    /** Control lives; {@link System#nanoTime}. */
    public void controlHeartbeat(long nowNs) {
        header.putLongOpaque(CONTROL_HEARTBEAT_NS_OFFSET, nowNs);
    }

    /** Returns the process id of the control that attached last; 0 = none yet. */
    public long controlPid() {
        return header.getLongOpaque(CONTROL_PID_OFFSET);
    }

    /** Returns how many times a control has attached. */
    public long controlIncarnation() {
        return header.getLongVolatile(CONTROL_INCARNATION_OFFSET);
    }

    /** Returns when control last gave a sign of life; 0 = never. */
    public long controlHeartbeatNs() {
        return header.getLongOpaque(CONTROL_HEARTBEAT_NS_OFFSET);
    }

    /** Returns the signs of life of the data plane's threads. */
    public Heartbeats heartbeats() {
        return new Heartbeats(header);
    }

    /** Returns the counters that every node has. */
    public SystemCounters systemCounters() {
        return systemCounters;
    }

    /** Returns all counters, to read. */
    public CountersReader countersReader() {
        return counters;
    }

    /**
     * Returns all counters, to allocate further ones. The conductor only.
     *
     * @throws IllegalStateException on control's side
     */
    public CountersManager countersManager() {
        if (counters instanceof CountersManager manager) {
            return manager;
        }
        throw notOwner();
    }

    /**
     * Returns a log that keeps each distinct exception once, with a count. Data plane only; record allocates, so it is
     * for what should never happen.
     *
     * @throws IllegalStateException on control's side
     */
    public DistinctErrorLog errorLog() {
        if (errorLog == null) {
            throw notOwner();
        }
        return errorLog;
    }

    /** Reads the error log; returns how many distinct errors there are. */
    public int readErrors(ErrorConsumer consumer) {
        return ErrorLogReader.read(errorLogBuffer(), consumer);
    }

    /** Returns the statistics that a worker writes. */
    public StatisticsWriter statisticsWriter(int worker) {
        return new StatisticsWriter(layout, workerStatistics(worker));
    }

    /** Returns the part of the statistics that the conductor writes. */
    public StatisticsOwner statisticsOwner() {
        var workers = new UnsafeBuffer[limits().workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = workerStatistics(i);
        }
        return new StatisticsOwner(layout, conductorStatistics(), workers);
    }

    /** Returns the statistics, to read. */
    public StatisticsReader statisticsReader() {
        var workers = new UnsafeBuffer[limits().workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = workerStatistics(i);
        }
        return new StatisticsReader(layout, conductorStatistics(), classStatistics(), keepalives(), workers);
    }

    /** Returns what keepalives find, to be written by the first worker. */
    public KeepaliveWriter keepaliveWriter() {
        return new KeepaliveWriter(keepalives());
    }

    /** Returns the statistics of classes; each class is written by the worker that owns its port. */
    public ClassStatisticsWriter classStatisticsWriter() {
        return new ClassStatisticsWriter(classStatistics());
    }

    public RingBuffer commandRing() {
        return manyToOne(layout.commandRingOffset(), limits().commandRingBytes());
    }

    public RingBuffer eventRing() {
        return oneToOne(layout.eventRingOffset(), limits().eventRingBytes());
    }

    public RingBuffer puntRing(int worker) {
        return oneToOne(layout.puntRingOffset(checked(worker)), limits().puntRingBytes());
    }

    public RingBuffer priorityPuntRing(int worker) {
        return oneToOne(layout.priorityPuntRingOffset(checked(worker)), limits().puntRingBytes());
    }

    public RingBuffer injectRing(int worker) {
        return manyToOne(layout.injectRingOffset(checked(worker)), limits().injectRingBytes());
    }

    public RingBuffer captureRing(int worker) {
        return oneToOne(layout.captureRingOffset(checked(worker)), limits().captureRingBytes());
    }

    /** Gives the memory back; the data plane's side also marks it closed. The file stays, for the next to replace. */
    @Override
    public void close() {
        if (isOwner) {
            header.putIntRelease(READY_OFFSET, SharedLayout.CLOSED); // pairs with getIntAcquire in isReady
        }
        file.close();
    }

    private RingBuffer manyToOne(long offset, int ringBytes) {
        return new ManyToOneRingBuffer(file.section(offset, ringLength(ringBytes)));
    }

    private RingBuffer oneToOne(long offset, int ringBytes) {
        return new OneToOneRingBuffer(file.section(offset, ringLength(ringBytes)));
    }

    private UnsafeBuffer errorLogBuffer() {
        return file.section(file.layout().errorLogOffset(), SharedLayout.ERROR_LOG_LENGTH);
    }

    private UnsafeBuffer conductorStatistics() {
        return file.section(layout.conductorStatisticsOffset(), layout.conductorStatisticsLength());
    }

    private UnsafeBuffer classStatistics() {
        return file.section(layout.classStatisticsOffset(), layout.classStatisticsLength());
    }

    private UnsafeBuffer keepalives() {
        return file.section(layout.keepalivesOffset(), layout.keepalivesLength());
    }

    private UnsafeBuffer workerStatistics(int worker) {
        return file.section(layout.workerStatisticsOffset(checked(worker)), layout.workerStatisticsLength());
    }

    private int checked(int worker) {
        if (worker < 0 || worker >= limits().workers()) {
            throw new IllegalArgumentException("worker=" + worker + " is not in 0.." + (limits().workers() - 1));
        }
        return worker;
    }

    private IllegalStateException notOwner() {
        return new IllegalStateException("shared memory " + path() + ": only the data plane may do this");
    }
}
