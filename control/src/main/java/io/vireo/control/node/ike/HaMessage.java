package io.vireo.control.node.ike;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that strongSwan's ha plugin sends to a standby node: all that such a node needs to go on with an SA. The format is internal
 * to strongSwan; it has a version, and this is that of 5.9.8 ({@code ha_message.h}).
 *
 * <pre>
 *   0        1        2
 *   +--------+--------+-----------+-------+-----------+-------+---
 *   | 3      | kind   | attribute | value | attribute | value | …
 *   +--------+--------+-----------+-------+-----------+-------+---
 * </pre>
 *
 * It holds secrets: {@link #wipe} it.
 */
final class HaMessage {
    /** Longer than any that charon sends: its own receive buffer has this by default. */
    static final int MAX_BYTES = 2_048;

    static final int VERSION = 3;
    private static final int IKE_V2 = 2;

    private final int kind;
    private final Map<HaAttribute, byte[]> values = new EnumMap<>(HaAttribute.class);

    /** What it is about, of those that matter here. */
    enum Kind {
        /** An IKE SA has keys. */
        IKE_ADD(1),
        /** An IKE SA is established. */
        IKE_UPDATE(2),
        IKE_DELETE(5),
        /** A CHILD_SA has keys. */
        CHILD_ADD(6),
        CHILD_DELETE(7),
        OTHER(0);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private HaMessage(int kind) {
        this.kind = kind;
    }

    /** An IKE SA, by its SPIs. */
    record IkeId(long initiatorSpi, long responderSpi) {}

    /**
     * Reads a message, all that is in the buffer.
     *
     * @throws HaFormatException when it is none of version 3
     */
    static HaMessage parse(ByteBuffer buffer) throws HaFormatException {
        if (buffer.remaining() < 2) {
            throw new HaFormatException("a message of " + buffer.remaining() + " bytes");
        }
        int version = Byte.toUnsignedInt(buffer.get());
        if (version != VERSION) {
            throw new HaFormatException("version " + version + ", and not " + VERSION + " as of strongSwan 5.9.8");
        }
        HaMessage message = new HaMessage(Byte.toUnsignedInt(buffer.get()));
        try {
            while (buffer.hasRemaining()) {
                message.take(buffer);
            }
            return message;
        } catch (HaFormatException e) {
            message.wipe();
            throw e;
        }
    }

    private void take(ByteBuffer buffer) throws HaFormatException {
        int number = Byte.toUnsignedInt(buffer.get());
        HaAttribute attribute = HaAttribute.of(number);
        if (attribute == null) {
            throw new HaFormatException("there is no attribute " + number);
        }
        byte[] before = values.put(attribute, attribute.take(buffer)); // several of selectors and addresses
        if (before != null) {
            Arrays.fill(before, (byte) 0);
        }
    }

    Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(each -> each.number == kind)
                .findFirst()
                .orElse(Kind.OTHER);
    }

    boolean has(HaAttribute attribute) {
        return values.containsKey(attribute);
    }

    /** A value; none of its bytes is a copy. */
    byte[] bytes(HaAttribute attribute) throws HaFormatException {
        byte[] value = values.get(attribute);
        if (value == null) {
            throw new HaFormatException(kind() + " without " + attribute);
        }
        return value;
    }

    /** A value, or none of its bytes. */
    byte[] bytesOrNone(HaAttribute attribute) {
        byte @Nullable [] value = values.get(attribute);
        return value == null ? new byte[0] : value;
    }

    /** A number of one, two or four bytes. */
    int number(HaAttribute attribute) throws HaFormatException {
        int number = 0;
        for (byte each : bytes(attribute)) {
            number = number << Byte.SIZE | Byte.toUnsignedInt(each);
        }
        return number;
    }

    /** An SPI of ESP. charon has it in network order and converts that once more, so here it is the other way round. */
    int spi(HaAttribute attribute) throws HaFormatException {
        return Integer.reverseBytes(number(attribute));
    }

    /** A string, without the 0 that ends it. */
    String text(HaAttribute attribute) throws HaFormatException {
        byte[] value = bytes(attribute);
        return new String(value, 0, value.length - 1, StandardCharsets.UTF_8);
    }

    IkeId ikeId() throws HaFormatException {
        ByteBuffer id = ByteBuffer.wrap(bytes(HaAttribute.IKE_ID));
        int version = id.get();
        if (version != IKE_V2) {
            throw new HaFormatException("an SA of IKE version " + version);
        }
        return new IkeId(id.getLong(), id.getLong());
    }

    /** Overwrites everything. */
    void wipe() {
        values.values().forEach(value -> Arrays.fill(value, (byte) 0));
        values.clear();
    }

    /** Its kind, and nothing of what is in it. */
    @Override
    public String toString() {
        return "ha " + kind();
    }
}
