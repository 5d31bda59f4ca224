package io.vireo.control.linux.netlink;

import io.vireo.control.model.OutgoingLabels;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The header that a next hop puts on: {@code RTA_ENCAP} and, behind it, {@code RTA_ENCAP_TYPE}, which says what is in it. Of MPLS ({@code
 * <linux/mpls_iptunnel.h>}) the labels are read, of others nothing. Reusable; one next hop at a time.
 */
final class EncapsulationDecoder {
    private static final int LABEL_SHIFT = 12;
    private static final int BOTTOM = 0x100;

    private final UnsafeBuffer buffer;
    private final AttributeReader nested;
    private int start;
    private int end;
    private int type;
    private long hash;

    EncapsulationDecoder(UnsafeBuffer buffer) {
        this.buffer = buffer;
        nested = new AttributeReader(buffer);
    }

    /** Begins with none. */
    void clear() {
        start = 0;
        end = 0;
        type = 0;
        hash = 0;
    }

    /** Takes in the attribute that an {@code …_ENCAP} is. */
    void header(AttributeReader attribute) {
        start = attribute.offset();
        end = attribute.end();
        hash = attribute.encapsulation();
    }

    /** Takes in the attribute that an {@code …_ENCAP_TYPE} is. */
    void type(AttributeReader attribute) {
        type = attribute.shortValue();
    }

    /** A hash of the header, 0 for none. */
    long hash() {
        return hash;
    }

    /** The labels, or null if it is no MPLS. */
    @Nullable
    OutgoingLabels labels() {
        if (hash == 0 || type != Protocol.LWTUNNEL_ENCAP_MPLS) {
            return null;
        }
        List<Integer> labels = new ArrayList<>(2);
        int ttl = OutgoingLabels.UNIFORM;
        nested.wrap(start, end);
        while (nested.next()) {
            switch (nested.type()) {
                case Protocol.MPLS_IPTUNNEL_DST -> readStack(nested, labels);
                case Protocol.MPLS_IPTUNNEL_TTL -> ttl = nested.byteValue();
                default -> {}
            }
        }
        return labels.isEmpty() ? null : new OutgoingLabels(labels, ttl);
    }

    /** Entries as on the wire, the last of them marked. */
    private void readStack(AttributeReader attribute, List<Integer> labels) {
        int entry = 0;
        for (int at = attribute.offset(); attribute.end() - at >= Integer.BYTES; at += Integer.BYTES) {
            entry = buffer.getInt(at, ByteOrder.BIG_ENDIAN);
            labels.add(entry >>> LABEL_SHIFT);
            if ((entry & BOTTOM) != 0) {
                return;
            }
        }
        throw new MalformedMessageException("a label stack without end, of " + labels.size() + " labels");
    }

    /** Writes what {@link #labels} reads, as attributes of a route or next hop. */
    static void write(MessageWriter writer, OutgoingLabels labels) {
        int header = writer.beginAttribute(Protocol.RTA_ENCAP);
        int stack = writer.beginAttribute(Protocol.MPLS_IPTUNNEL_DST);
        for (int n = 0; n < labels.labels().size(); n++) {
            int bottom = n == labels.labels().size() - 1 ? BOTTOM : 0;
            writer.putInt(Integer.reverseBytes(labels.labels().get(n) << LABEL_SHIFT | bottom));
        }
        writer.endLength(stack);
        int ttl = writer.beginAttribute(Protocol.MPLS_IPTUNNEL_TTL);
        writer.putByte(labels.ttl());
        writer.endLength(ttl);
        writer.endLength(header);
        int type = writer.beginAttribute(Protocol.RTA_ENCAP_TYPE);
        writer.putShort(Protocol.LWTUNNEL_ENCAP_MPLS);
        writer.endLength(type);
    }
}
