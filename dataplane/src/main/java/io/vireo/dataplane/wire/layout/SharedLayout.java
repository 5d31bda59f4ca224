package io.vireo.dataplane.wire.layout;

import static org.agrona.BitUtil.align;

import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderDecoder;
import io.vireo.dataplane.wire.sbe.SetClassFilterDecoder;
import io.vireo.dataplane.wire.sbe.SetQuotaDecoder;
import io.vireo.dataplane.wire.sbe.StartCaptureDecoder;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.CountersReader;

/**
 * Where everything lies in the shared-memory file: each offset is derived from the one before. Owns the offsets only;
 * {@link SharedMemory} owns the memory. Immutable.
 *
 * <p>All integers are in the machine's byte order, which is little endian. Sections begin on pages; whatever two threads
 * write lies at least 128 bytes apart (two cache lines: the adjacent-line prefetcher fetches pairs). Any change of
 * an offset or a meaning raises {@link #LAYOUT_VERSION}; {@code SharedLayoutTest} pins them.
 *
 * <pre>
 *  0                                                               header, HEADER_LENGTH bytes
 *  +---------------------------------------------------------------+
 *  | magic (8)                   | layoutVersion (4) | headerLen (4)|  written once by the data plane
 *  | totalLength (8)             | incarnation (8)                  |
 *  | dataplanePid (8)            | startTimeMs (8)                  |
 *  | schemaVersion (4) | workers (4) | maxRouters (4) | maxIfs (4)  |
 *  | commandRing (4) | eventRing (4) | puntRing (4) | injectRing (4)|
 *  | captureRing (4) | maxClasses (4)                               |
 *  +---------------------------------------------------------------+ 128
 *  | ready (4): 0 not yet, 1 ready, 2 closed                        |  setRelease last, getAcquire first
 *  +---------------------------------------------------------------+ 256
 *  | controlPid (8)  | controlIncarnation (8) | controlHeartbeatNs  |  written by control
 *  +---------------------------------------------------------------+ 384
 *  | conductorHeartbeatNs (8)                                       |  written by the conductor
 *  +---------------------------------------------------------------+ 512
 *  | workerHeartbeatNs (8) | dutyCycles (8) | busyCycles (8)        |  x MAX_WORKERS, 128 bytes each,
 *  |  ...                                                           |  written by that worker
 *  +===============================================================+ page
 *  | command ring      commandRing + trailer                        |  control threads -> conductor
 *  +===============================================================+ page
 *  | event ring        eventRing + trailer                          |  conductor -> control
 *  +===============================================================+ page
 *  | counters metadata MAX_COUNTERS x 512                           |  Agrona CountersManager
 *  +===============================================================+ page
 *  | counters values   MAX_COUNTERS x 128                           |
 *  +===============================================================+ page
 *  | error log         ERROR_LOG_LENGTH                             |  Agrona DistinctErrorLog
 *  +===============================================================+ page
 *  | generations       (maxIfs + maxRouters + MAX_PORTS) x 8        |  written by the conductor
 *  | device counts     MAX_PORTS x 64                               |
 *  +===============================================================+ page
 *  | class rows        maxClasses x 512                             |  each written by the worker that
 *  +===============================================================+ page     owns the class's port
 *  | keepalive rows    maxIfs x 64                                  |  written by the first worker
 *  +===============================================================+ page     per worker:
 *  | punt ring         puntRing + trailer                           |  worker -> control
 *  +===============================================================+ page
 *  | priority punt ring puntRing + trailer                          |  worker -> control
 *  +===============================================================+ page
 *  | inject ring       injectRing + trailer                         |  control threads -> worker
 *  +===============================================================+ page
 *  | capture ring      captureRing + trailer                        |  worker -> control
 *  +===============================================================+ page
 *  | statistics of the worker, written by it alone                  |
 *  |   interface rows  maxIfs x 64                                  |
 *  |   router rows     maxRouters x 64                              |
 *  |   port rows       MAX_PORTS x 64                               |
 *  |   drop rows       (1 + maxRouters) x MAX_DROP_REASONS x 8      |  row 0: not yet classified
 *  |   punt rows       maxRouters x MAX_PUNT_CLASSES x 8            |  punted, by PuntClass code
 *  |   answer rows     maxRouters x MAX_ANSWER_KINDS x 8            |  answered, by AnswerKind code
 *  +===============================================================+ page     next worker ...
 *
 *  row of an interface or router (8 bytes each)      row of a port                row of device counts
 *   0 rxPackets   32 dropPackets                      0 rxPackets                  0 missedPackets
 *   8 rxBytes     40 puntPackets                      8 rxBytes                    8 inputErrors
 *  16 txPackets   48 puntLimitedPackets              16 txPackets                 16 outputErrors
 *  24 txBytes     56 spare                           24 txBytes                   24 noBufferPackets
 *                                                    32 txDroppedPackets
 *                                                    40 ownControlPackets
 *                                                    48 ownControlLimitedPackets
 *
 *  row of a class
 *   0 sentPackets    24 wireBytes             48 queuedBytes     64 dropped packets, 8 x 8, by ClassDropReason code
 *   8 sentBytes      32 guaranteedWireBytes   56 generation     128 delays, DelayBuckets.COUNT x 4, wrapping
 *  16 markedPackets  40 queuedPackets
 *
 *  row of keepalives
 *   0 state, KeepaliveState code    16 lost             32 life of the tunnel
 *   8 requests                      24 roundTripNs
 * </pre>
 */
public final class SharedLayout {
    /** "VIREOSHM" in memory order. */
    public static final long MAGIC = 0x4d48534f45524956L;

    /** Counts up with each change of this class or of the meaning of what lies in the file. */
    public static final int LAYOUT_VERSION = 6;

    /** Maximum workers, so that the header has a fixed length. */
    public static final int MAX_WORKERS = 64;

    /** Ports are 0..63. */
    public static final int MAX_PORTS = AddPortDecoder.portIdMaxValue() + 1;

    /** Buffer quotas are 0..4095. */
    public static final int MAX_QUOTAS = SetQuotaDecoder.quotaIdMaxValue() + 1;

    /** Longest image of a compiled class filter, in longs. */
    public static final int MAX_FILTER_LONGS = SetClassFilterDecoder.totalLongsMaxValue();

    /** Captures that may run at once. */
    public static final int MAX_CAPTURES = StartCaptureDecoder.captureIdMaxValue() + 1;

    /** Addresses of one interface and family for which the data plane answers. */
    public static final int MAX_INTERFACE_ADDRESSES = 48;

    /** Room for {@link DropReason}s in a drop row. */
    public static final int MAX_DROP_REASONS = 96;

    /** Room for {@link PuntClass}es in a punt row. */
    public static final int MAX_PUNT_CLASSES = 16;

    /** Room for {@link AnswerKind}s in an answer row. */
    public static final int MAX_ANSWER_KINDS = 8;

    /** Agrona counters: {@link SystemCounter}s and those that come and go. */
    public static final int MAX_COUNTERS = 256;

    /** Bytes of the error log. */
    public static final int ERROR_LOG_LENGTH = 256 << 10;

    static final int PAGE = 4096;
    static final int CACHE_LINE_PAIR = 128;

    public static final int MAGIC_OFFSET = 0;
    public static final int LAYOUT_VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    public static final int HEADER_LENGTH_OFFSET = LAYOUT_VERSION_OFFSET + Integer.BYTES;
    public static final int TOTAL_LENGTH_OFFSET = HEADER_LENGTH_OFFSET + Integer.BYTES;
    public static final int INCARNATION_OFFSET = TOTAL_LENGTH_OFFSET + Long.BYTES;
    public static final int DATAPLANE_PID_OFFSET = INCARNATION_OFFSET + Long.BYTES;
    public static final int START_TIME_MS_OFFSET = DATAPLANE_PID_OFFSET + Long.BYTES;
    public static final int SCHEMA_VERSION_OFFSET = START_TIME_MS_OFFSET + Long.BYTES;
    public static final int WORKERS_OFFSET = SCHEMA_VERSION_OFFSET + Integer.BYTES;
    public static final int MAX_ROUTERS_OFFSET = WORKERS_OFFSET + Integer.BYTES;
    public static final int MAX_INTERFACES_OFFSET = MAX_ROUTERS_OFFSET + Integer.BYTES;
    public static final int COMMAND_RING_BYTES_OFFSET = MAX_INTERFACES_OFFSET + Integer.BYTES;
    public static final int EVENT_RING_BYTES_OFFSET = COMMAND_RING_BYTES_OFFSET + Integer.BYTES;
    public static final int PUNT_RING_BYTES_OFFSET = EVENT_RING_BYTES_OFFSET + Integer.BYTES;
    public static final int INJECT_RING_BYTES_OFFSET = PUNT_RING_BYTES_OFFSET + Integer.BYTES;
    public static final int CAPTURE_RING_BYTES_OFFSET = INJECT_RING_BYTES_OFFSET + Integer.BYTES;

    public static final int MAX_CLASSES_OFFSET = CAPTURE_RING_BYTES_OFFSET + Integer.BYTES;

    public static final int READY_OFFSET = align(MAX_CLASSES_OFFSET + Integer.BYTES, CACHE_LINE_PAIR);
    public static final int NOT_READY = 0;
    public static final int READY = 1;
    public static final int CLOSED = 2;

    public static final int CONTROL_PID_OFFSET = READY_OFFSET + CACHE_LINE_PAIR;
    public static final int CONTROL_INCARNATION_OFFSET = CONTROL_PID_OFFSET + Long.BYTES;
    public static final int CONTROL_HEARTBEAT_NS_OFFSET = CONTROL_INCARNATION_OFFSET + Long.BYTES;

    public static final int CONDUCTOR_HEARTBEAT_NS_OFFSET = CONTROL_PID_OFFSET + CACHE_LINE_PAIR;

    public static final int WORKER_HEARTBEATS_OFFSET = CONDUCTOR_HEARTBEAT_NS_OFFSET + CACHE_LINE_PAIR;
    public static final int WORKER_HEARTBEAT_LENGTH = CACHE_LINE_PAIR;
    public static final int WORKER_HEARTBEAT_NS_OFFSET = 0;
    public static final int WORKER_DUTY_CYCLES_OFFSET = WORKER_HEARTBEAT_NS_OFFSET + Long.BYTES;
    public static final int WORKER_BUSY_CYCLES_OFFSET = WORKER_DUTY_CYCLES_OFFSET + Long.BYTES;

    /** Bytes of the header. */
    public static final int HEADER_LENGTH =
            align(WORKER_HEARTBEATS_OFFSET + MAX_WORKERS * WORKER_HEARTBEAT_LENGTH, PAGE);

    public static final int ROW_LENGTH = 64;
    public static final int RX_PACKETS = 0;
    public static final int RX_BYTES = RX_PACKETS + Long.BYTES;
    public static final int TX_PACKETS = RX_BYTES + Long.BYTES;
    public static final int TX_BYTES = TX_PACKETS + Long.BYTES;
    public static final int DROP_PACKETS = TX_BYTES + Long.BYTES;
    public static final int PUNT_PACKETS = DROP_PACKETS + Long.BYTES;
    public static final int PUNT_LIMITED_PACKETS = PUNT_PACKETS + Long.BYTES;
    public static final int REFUSED_PACKETS = TX_BYTES + Long.BYTES;
    public static final int OWN_CONTROL_PACKETS = REFUSED_PACKETS + Long.BYTES;
    public static final int OWN_CONTROL_LIMITED_PACKETS = OWN_CONTROL_PACKETS + Long.BYTES;

    public static final int MISSED_PACKETS = 0;
    public static final int INPUT_ERRORS = MISSED_PACKETS + Long.BYTES;
    public static final int OUTPUT_ERRORS = INPUT_ERRORS + Long.BYTES;
    public static final int NO_BUFFER_PACKETS = OUTPUT_ERRORS + Long.BYTES;

    public static final int KEEPALIVE_STATE = 0;
    public static final int KEEPALIVE_REQUESTS = KEEPALIVE_STATE + Long.BYTES;
    public static final int KEEPALIVE_LOST = KEEPALIVE_REQUESTS + Long.BYTES;
    public static final int KEEPALIVE_ROUND_TRIP_NS = KEEPALIVE_LOST + Long.BYTES;
    public static final int KEEPALIVE_LIFE = KEEPALIVE_ROUND_TRIP_NS + Long.BYTES;

    public static final int CLASS_SENT_PACKETS = 0;
    public static final int CLASS_SENT_BYTES = CLASS_SENT_PACKETS + Long.BYTES;
    public static final int CLASS_MARKED_PACKETS = CLASS_SENT_BYTES + Long.BYTES;
    public static final int CLASS_WIRE_BYTES = CLASS_MARKED_PACKETS + Long.BYTES;
    public static final int CLASS_GUARANTEED_WIRE_BYTES = CLASS_WIRE_BYTES + Long.BYTES;
    public static final int CLASS_QUEUED_PACKETS = CLASS_GUARANTEED_WIRE_BYTES + Long.BYTES;
    public static final int CLASS_QUEUED_BYTES = CLASS_QUEUED_PACKETS + Long.BYTES;
    public static final int CLASS_GENERATION = CLASS_QUEUED_BYTES + Long.BYTES;
    public static final int CLASS_DROPS = CLASS_GENERATION + Long.BYTES;
    public static final int CLASS_DROPS_COUNT = 8;
    public static final int CLASS_DELAYS = CLASS_DROPS + CLASS_DROPS_COUNT * Long.BYTES;
    public static final int CLASS_ROW_LENGTH = CLASS_DELAYS + DelayBuckets.COUNT * Integer.BYTES;

    public static final int DROP_ROW_LENGTH = MAX_DROP_REASONS * Long.BYTES;
    public static final int PUNT_ROW_LENGTH = MAX_PUNT_CLASSES * Long.BYTES;
    public static final int ANSWER_ROW_LENGTH = MAX_ANSWER_KINDS * Long.BYTES;

    private final SharedLimits limits;

    /** Derives all offsets from the limits. */
    public SharedLayout(SharedLimits limits) {
        this.limits = limits;
    }

    public SharedLimits limits() {
        return limits;
    }

    /** Returns the schema version of the messages that this program speaks. */
    public static int schemaVersion() {
        return MessageHeaderDecoder.SCHEMA_VERSION;
    }

    public static int ringLength(int ringBytes) {
        return ringBytes + RingBufferDescriptor.TRAILER_LENGTH;
    }

    public long commandRingOffset() {
        return HEADER_LENGTH;
    }

    public long eventRingOffset() {
        return after(commandRingOffset(), ringLength(limits.commandRingBytes()));
    }

    public long countersMetadataOffset() {
        return after(eventRingOffset(), ringLength(limits.eventRingBytes()));
    }

    public static int countersMetadataLength() {
        return MAX_COUNTERS * CountersReader.METADATA_LENGTH;
    }

    public long countersValuesOffset() {
        return after(countersMetadataOffset(), countersMetadataLength());
    }

    public static int countersValuesLength() {
        return MAX_COUNTERS * CountersReader.COUNTER_LENGTH;
    }

    public long errorLogOffset() {
        return after(countersValuesOffset(), countersValuesLength());
    }

    public long conductorStatisticsOffset() {
        return after(errorLogOffset(), ERROR_LOG_LENGTH);
    }

    /** Within the conductor's statistics: the generation of each interface. */
    public static int interfaceGenerationOffset(int interfaceId) {
        return interfaceId * Long.BYTES;
    }

    /** Within the conductor's statistics: the generation of each router. */
    public int routerGenerationOffset(int routerId) {
        return interfaceGenerationOffset(limits.maxInterfaces()) + routerId * Long.BYTES;
    }

    /** Within the conductor's statistics: the generation of each port. */
    public int portGenerationOffset(int portId) {
        return routerGenerationOffset(limits.maxRouters()) + portId * Long.BYTES;
    }

    /** Within the conductor's statistics: what the device itself counts, one row per port. */
    public int deviceRowOffset(int portId) {
        return align(portGenerationOffset(MAX_PORTS), ROW_LENGTH) + portId * ROW_LENGTH;
    }

    public int conductorStatisticsLength() {
        return deviceRowOffset(MAX_PORTS);
    }

    public long classStatisticsOffset() {
        return after(conductorStatisticsOffset(), conductorStatisticsLength());
    }

    /** Within the classes' statistics. */
    public static int classRowOffset(int classId) {
        return classId * CLASS_ROW_LENGTH;
    }

    public int classStatisticsLength() {
        return classRowOffset(limits.maxClasses());
    }

    public long keepalivesOffset() {
        return after(classStatisticsOffset(), classStatisticsLength());
    }

    /** Within the keepalives. */
    public static int keepaliveRowOffset(int interfaceId) {
        return interfaceId * ROW_LENGTH;
    }

    public int keepalivesLength() {
        return keepaliveRowOffset(limits.maxInterfaces());
    }

    long workerOffset(int worker) {
        return after(keepalivesOffset(), keepalivesLength()) + worker * workerLength();
    }

    private long workerLength() {
        return after(workerStatisticsOffsetInWorker(), workerStatisticsLength());
    }

    public long puntRingOffset(int worker) {
        return workerOffset(worker);
    }

    /** The ring of what must not wait behind the others: {@link PuntClass#FIRST_ORDINARY_CODE}. */
    public long priorityPuntRingOffset(int worker) {
        return after(puntRingOffset(worker), ringLength(limits.puntRingBytes()));
    }

    public long injectRingOffset(int worker) {
        return after(priorityPuntRingOffset(worker), ringLength(limits.puntRingBytes()));
    }

    public long captureRingOffset(int worker) {
        return after(injectRingOffset(worker), ringLength(limits.injectRingBytes()));
    }

    public long workerStatisticsOffset(int worker) {
        return workerOffset(worker) + workerStatisticsOffsetInWorker();
    }

    private long workerStatisticsOffsetInWorker() {
        long priorityPuntRing = after(0, ringLength(limits.puntRingBytes()));
        long injectRing = after(priorityPuntRing, ringLength(limits.puntRingBytes()));
        long captureRing = after(injectRing, ringLength(limits.injectRingBytes()));
        return after(captureRing, ringLength(limits.captureRingBytes()));
    }

    /** Within a worker's statistics. */
    public static int interfaceRowOffset(int interfaceId) {
        return interfaceId * ROW_LENGTH;
    }

    /** Within a worker's statistics. */
    public int routerRowOffset(int routerId) {
        return interfaceRowOffset(limits.maxInterfaces()) + routerId * ROW_LENGTH;
    }

    /** Within a worker's statistics. */
    public int portRowOffset(int portId) {
        return routerRowOffset(limits.maxRouters()) + portId * ROW_LENGTH;
    }

    /** Within a worker's statistics; routerId -1 is the row of packets that were not yet classified. */
    public int dropRowOffset(int routerId) {
        return portRowOffset(MAX_PORTS) + (routerId + 1) * DROP_ROW_LENGTH;
    }

    /** Within a worker's statistics. */
    public int puntRowOffset(int routerId) {
        return dropRowOffset(limits.maxRouters()) + routerId * PUNT_ROW_LENGTH;
    }

    /** Within a worker's statistics. */
    public int answerRowOffset(int routerId) {
        return puntRowOffset(limits.maxRouters()) + routerId * ANSWER_ROW_LENGTH;
    }

    public int workerStatisticsLength() {
        return answerRowOffset(limits.maxRouters());
    }

    /** Returns the length of the file in bytes. */
    public long totalLength() {
        return workerOffset(limits.workers());
    }

    private static long after(long offset, long length) {
        return align(offset + length, PAGE);
    }
}
