package io.vireo.dataplane.wire.ring;

import io.vireo.dataplane.wire.sbe.GroupSizeEncodingDecoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderDecoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Walks over a message in a ring record and checks that its parts lie within the record, before any decoder touches
 * it: a generated decoder trusts the lengths it finds. Used as {@code frame.open(..) && frame.hasBlock(..) &&
 * frame.hasBytes()}, in the order of the schema. Reusable, no allocation. Not thread-safe.
 */
public final class MessageFrame {
    /** Type id of all our ring records: an SBE message header follows. */
    public static final int RECORD_TYPE = 1;

    public static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    /** What precedes a text or a frame: its length. */
    public static final int LENGTH_PREFIX = Short.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GroupSizeEncodingDecoder group = new GroupSizeEncodingDecoder();
    private DirectBuffer buffer = header.buffer();
    private int body;
    private int cursor;
    private int end;

    /** How many bytes a text takes in a message. */
    public static int textLength(CharSequence text) {
        return LENGTH_PREFIX + text.length();
    }

    /** Begins with a record; false when it has no header of ours. */
    public boolean open(int recordType, DirectBuffer recordBuffer, int offset, int length) {
        if (recordType != RECORD_TYPE || length < HEADER_LENGTH) {
            return false;
        }
        buffer = recordBuffer;
        body = offset + HEADER_LENGTH;
        cursor = body;
        end = offset + length;
        header.wrap(recordBuffer, offset);
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID;
    }

    /** Returns where the record lies. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int templateId() {
        return header.templateId();
    }

    /** Returns where the root block begins. */
    public int body() {
        return body;
    }

    public int blockLength() {
        return header.blockLength();
    }

    public int version() {
        return header.version();
    }

    /** Passes the root block; false when it is shorter than we need or than it says. A longer one is a newer one. */
    public boolean hasBlock(int neededLength) {
        int blockLength = header.blockLength();
        cursor = body + blockLength;
        return blockLength >= neededLength && cursor <= end;
    }

    /** Passes a repeating group; false when entries are shorter than we need or do not fit. */
    public boolean hasGroup(int neededEntryLength, int maxEntries) {
        if (end - cursor < GroupSizeEncodingDecoder.ENCODED_LENGTH) {
            return false;
        }
        group.wrap(buffer, cursor);
        int entryLength = group.blockLength();
        int entries = group.numInGroup();
        if (entries > maxEntries || (entries > 0 && entryLength < neededEntryLength)) {
            return false;
        }
        cursor += GroupSizeEncodingDecoder.ENCODED_LENGTH + entries * entryLength;
        return cursor <= end;
    }

    /** Passes a text or an Ethernet frame; false when it does not fit. */
    public boolean hasBytes() {
        if (end - cursor < LENGTH_PREFIX) {
            return false;
        }
        cursor += LENGTH_PREFIX + (buffer.getShort(cursor, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        return cursor <= end;
    }
}
