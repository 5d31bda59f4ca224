package io.vireo.dataplane.schedule.order;

import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.wire.value.ClassSpec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One change for the worker that owns a port, of fixed length. Mutable and reused, by each side its own. Which fields mean
 * something depends on the kind.
 *
 * <pre>
 *    0 correlationId   16 classId         32 queuePackets   40 rt m1, d, m2   112 codelTargetNs    128 filterAt
 *    8 kind            20 parentClassId   36 queueBytes     64 ls m1, d, m2   120 codelIntervalNs  132 defaultClassId
 *   12 portId          24 interfaceId                       88 ul m1, d, m2                        136 amount
 *                      28 quotaId                                                                  144 oldParentClassId
 *                                                                                             148 overheadBytes
 * </pre>
 */
public final class ClassOrder {
    /** The port's scheduler waits in its slot of {@code PortSlots}; frames cost {@code overheadBytes} more. */
    public static final int ATTACH = 1;

    /** The port is gone: free what it has queued and hand its scheduler back. */
    public static final int DETACH = 2;

    /** Shape the port to {@code amount} bit/s, 0 = not at all; frames cost {@code overheadBytes} more. */
    public static final int RATE = 3;

    /** Create, alter or move a class. */
    public static final int ADD = 4;

    /** Remove a class. */
    public static final int REMOVE = 5;

    /** Use another filter for an interface. */
    public static final int FILTER = 6;

    /** Set the spec's quota to as many packets as its queue has, and {@code amount} bytes. */
    public static final int QUOTA = 7;

    /** The interface is gone. */
    public static final int FORGET = 8;

    /** {@link #filterAt} of no filter. */
    public static final int NO_FILTER = -1;

    static final int BYTES = 152;

    private static final int CORRELATION_ID = 0;
    private static final int KIND = 8;
    private static final int PORT_ID = 12;
    private static final int CLASS_ID = 16;
    private static final int PARENT_CLASS_ID = 20;
    private static final int INTERFACE_ID = 24;
    private static final int QUOTA_ID = 28;
    private static final int QUEUE_PACKETS = 32;
    private static final int QUEUE_BYTES = 36;
    private static final int REAL_TIME = 40;
    private static final int LINK_SHARE = 64;
    private static final int UPPER_LIMIT = 88;
    private static final int SPAN = 8;
    private static final int SECOND = 16;
    private static final int CODEL_TARGET_NS = 112;
    private static final int CODEL_INTERVAL_NS = 120;
    private static final int FILTER_AT = 128;
    private static final int DEFAULT_CLASS_ID = 132;
    private static final int AMOUNT = 136;
    private static final int OLD_PARENT_CLASS_ID = 144;
    private static final int OVERHEAD_BYTES = 148;

    public long correlationId;
    public int kind;
    public int portId;
    public int classId;
    public int parentClassId;
    public int interfaceId;
    public int filterAt;
    public int defaultClassId;
    public long amount;

    /** Parent before this order; -1 = the class is new. */
    public int oldParentClassId;

    public int overheadBytes;

    /** What a class is to be. */
    public final ClassSpec spec = new ClassSpec();

    /** Begins an order of a kind for a port. */
    public ClassOrder begin(int orderKind, int port, long correlation) {
        kind = orderKind;
        portId = port;
        correlationId = correlation;
        return this;
    }

    void write(MutableDirectBuffer buffer, int index) {
        buffer.putLong(index + CORRELATION_ID, correlationId);
        buffer.putInt(index + KIND, kind);
        buffer.putInt(index + PORT_ID, portId);
        buffer.putInt(index + CLASS_ID, classId);
        buffer.putInt(index + PARENT_CLASS_ID, parentClassId);
        buffer.putInt(index + INTERFACE_ID, interfaceId);
        buffer.putInt(index + QUOTA_ID, spec.quotaId());
        buffer.putInt(index + QUEUE_PACKETS, spec.queuePackets());
        buffer.putInt(index + QUEUE_BYTES, spec.queueBytes());
        write(buffer, index + REAL_TIME, spec.realTime());
        write(buffer, index + LINK_SHARE, spec.linkShare());
        write(buffer, index + UPPER_LIMIT, spec.upperLimit());
        buffer.putLong(index + CODEL_TARGET_NS, spec.codelTargetNs());
        buffer.putLong(index + CODEL_INTERVAL_NS, spec.codelIntervalNs());
        buffer.putInt(index + FILTER_AT, filterAt);
        buffer.putInt(index + DEFAULT_CLASS_ID, defaultClassId);
        buffer.putLong(index + AMOUNT, amount);
        buffer.putInt(index + OLD_PARENT_CLASS_ID, oldParentClassId);
        buffer.putInt(index + OVERHEAD_BYTES, overheadBytes);
    }

    void read(DirectBuffer buffer, int index) {
        correlationId = buffer.getLong(index + CORRELATION_ID);
        kind = buffer.getInt(index + KIND);
        portId = buffer.getInt(index + PORT_ID);
        classId = buffer.getInt(index + CLASS_ID);
        parentClassId = buffer.getInt(index + PARENT_CLASS_ID);
        interfaceId = buffer.getInt(index + INTERFACE_ID);
        spec.quota(buffer.getInt(index + QUOTA_ID))
                .queue(buffer.getInt(index + QUEUE_PACKETS), buffer.getInt(index + QUEUE_BYTES))
                .codel(buffer.getLong(index + CODEL_TARGET_NS), buffer.getLong(index + CODEL_INTERVAL_NS));
        read(buffer, index + REAL_TIME, spec.realTime());
        read(buffer, index + LINK_SHARE, spec.linkShare());
        read(buffer, index + UPPER_LIMIT, spec.upperLimit());
        filterAt = buffer.getInt(index + FILTER_AT);
        defaultClassId = buffer.getInt(index + DEFAULT_CLASS_ID);
        amount = buffer.getLong(index + AMOUNT);
        oldParentClassId = buffer.getInt(index + OLD_PARENT_CLASS_ID);
        overheadBytes = buffer.getInt(index + OVERHEAD_BYTES);
    }

    private static void write(MutableDirectBuffer buffer, int at, CurveParameters curve) {
        buffer.putLong(at, curve.firstRateBitsPerSecond());
        buffer.putLong(at + SPAN, curve.firstSpanNs());
        buffer.putLong(at + SECOND, curve.secondRateBitsPerSecond());
    }

    private static void read(DirectBuffer buffer, int at, CurveParameters curve) {
        curve.set(buffer.getLong(at), buffer.getLong(at + SPAN), buffer.getLong(at + SECOND));
    }
}
