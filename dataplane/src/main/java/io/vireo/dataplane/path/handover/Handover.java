package io.vireo.dataplane.path.handover;

import io.vireo.dataplane.path.TxFrames;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A frame to send, on its way from the worker that received it to the one that sends for its port.
 *
 * <pre>
 *    0  mbuf    8  router    12  egress interface    16  target (port id)    20  frame bytes
 * </pre>
 *
 * A message of a hand-over ring is up to {@link #MAX_PACKETS} of these. Ownership of the mbuf passes with the message.
 */
public final class Handover {
    /** The only type of message in these rings. */
    public static final int MESSAGE_TYPE = 1;

    public static final int RECORD_BYTES = 24;

    /** Maximum packets of a message, so that one message needs only a part of a ring. */
    public static final int MAX_PACKETS = 64;

    private static final int MBUF = 0;
    private static final int ROUTER = 8;
    private static final int EGRESS = 12;
    private static final int TARGET = 16;
    private static final int BYTES = 20;

    private Handover() {}

    /** Writes frame {@code k} at {@code offset}. */
    public static void write(MutableDirectBuffer buffer, int offset, TxFrames txFrames, int k) {
        buffer.putLong(offset + MBUF, txFrames.mbuf[k]);
        buffer.putInt(offset + ROUTER, txFrames.router[k]);
        buffer.putInt(offset + EGRESS, txFrames.egress[k]);
        buffer.putInt(offset + TARGET, txFrames.target[k]);
        buffer.putInt(offset + BYTES, txFrames.bytes[k]);
    }

    /** Adds the record at {@code offset} to the frames to send. */
    public static void read(DirectBuffer buffer, int offset, TxFrames txFrames) {
        txFrames.add(
                buffer.getLong(offset + MBUF),
                buffer.getInt(offset + ROUTER),
                buffer.getInt(offset + EGRESS),
                buffer.getInt(offset + TARGET),
                buffer.getInt(offset + BYTES));
    }
}
