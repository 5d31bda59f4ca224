package io.vireo.dataplane.schedule.order;

import io.vireo.dataplane.schedule.ClassSettings;
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

    /** Set a quota of {@code queuePackets} packets and {@code amount} bytes. */
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
    private static final int CURVES = 40;
    private static final int CURVE_BYTES = 3 * Long.BYTES;
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
    public int quotaId;
    public int queuePackets;
    public int queueBytes;
    public long codelTargetNs;
    public long codelIntervalNs;
    public int filterAt;
    public int defaultClassId;
    public long amount;

    /** Parent before this order; -1 = the class is new. */
    public int oldParentClassId;

    public int overheadBytes;

    private final CurveParameters realTime = new CurveParameters();
    private final CurveParameters linkShare = new CurveParameters();
    private final CurveParameters upperLimit = new CurveParameters();

    /** Begins an order of a kind for a port. */
    public ClassOrder begin(int orderKind, int port, long correlation) {
        kind = orderKind;
        portId = port;
        correlationId = correlation;
        return this;
    }

    /** Takes over curves, limits and quota. */
    public void spec(ClassSpec spec) {
        realTime.copyFrom(spec.realTime());
        linkShare.copyFrom(spec.linkShare());
        upperLimit.copyFrom(spec.upperLimit());
        queuePackets = spec.queuePackets();
        queueBytes = spec.queueBytes();
        quotaId = spec.quotaId();
        codelTargetNs = spec.codelTargetNs();
        codelIntervalNs = spec.codelIntervalNs();
    }

    /** Copies curves, limits and quota to the scheduler's settings. */
    public void copyTo(ClassSettings settings) {
        settings.clear()
                .curves(realTime, linkShare, upperLimit)
                .queue(queuePackets, queueBytes)
                .quota(quotaId)
                .codel(codelTargetNs, codelIntervalNs);
    }

    void write(MutableDirectBuffer buffer, int index) {
        buffer.putLong(index + CORRELATION_ID, correlationId);
        buffer.putInt(index + KIND, kind);
        buffer.putInt(index + PORT_ID, portId);
        buffer.putInt(index + CLASS_ID, classId);
        buffer.putInt(index + PARENT_CLASS_ID, parentClassId);
        buffer.putInt(index + INTERFACE_ID, interfaceId);
        buffer.putInt(index + QUOTA_ID, quotaId);
        buffer.putInt(index + QUEUE_PACKETS, queuePackets);
        buffer.putInt(index + QUEUE_BYTES, queueBytes);
        write(buffer, index + CURVES, realTime);
        write(buffer, index + CURVES + CURVE_BYTES, linkShare);
        write(buffer, index + CURVES + 2 * CURVE_BYTES, upperLimit);
        buffer.putLong(index + CODEL_TARGET_NS, codelTargetNs);
        buffer.putLong(index + CODEL_INTERVAL_NS, codelIntervalNs);
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
        quotaId = buffer.getInt(index + QUOTA_ID);
        queuePackets = buffer.getInt(index + QUEUE_PACKETS);
        queueBytes = buffer.getInt(index + QUEUE_BYTES);
        read(buffer, index + CURVES, realTime);
        read(buffer, index + CURVES + CURVE_BYTES, linkShare);
        read(buffer, index + CURVES + 2 * CURVE_BYTES, upperLimit);
        codelTargetNs = buffer.getLong(index + CODEL_TARGET_NS);
        codelIntervalNs = buffer.getLong(index + CODEL_INTERVAL_NS);
        filterAt = buffer.getInt(index + FILTER_AT);
        defaultClassId = buffer.getInt(index + DEFAULT_CLASS_ID);
        amount = buffer.getLong(index + AMOUNT);
        oldParentClassId = buffer.getInt(index + OLD_PARENT_CLASS_ID);
        overheadBytes = buffer.getInt(index + OVERHEAD_BYTES);
    }

    private static void write(MutableDirectBuffer buffer, int index, CurveParameters curve) {
        buffer.putLong(index, curve.firstRateBitsPerSecond());
        buffer.putLong(index + Long.BYTES, curve.firstSpanNs());
        buffer.putLong(index + 2 * Long.BYTES, curve.secondRateBitsPerSecond());
    }

    private static void read(DirectBuffer buffer, int index, CurveParameters curve) {
        curve.set(buffer.getLong(index), buffer.getLong(index + Long.BYTES), buffer.getLong(index + 2 * Long.BYTES));
    }
}
