package io.vireo.control.node.ike;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes messages as strongSwan's ha plugin does, byte by byte. */
final class HaBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    HaBuilder(int kind) {
        out.write(3);
        out.write(kind);
    }

    HaBuilder raw(int attribute, byte... value) {
        out.write(attribute);
        out.writeBytes(value);
        return this;
    }

    HaBuilder chunk(int attribute, byte[] value) {
        out.write(attribute);
        out.write(value.length >> 8);
        out.write(value.length);
        out.writeBytes(value);
        return this;
    }

    HaBuilder number(int attribute, int value) {
        return raw(attribute, (byte) (value >> 8), (byte) value);
    }

    /** As a machine whose bytes are the other way round has it. */
    HaBuilder spi(int attribute, int value) {
        return raw(
                attribute,
                ByteBuffer.allocate(4).putInt(Integer.reverseBytes(value)).array());
    }

    HaBuilder ikeId(int attribute, long initiator, long responder) {
        return raw(
                attribute,
                ByteBuffer.allocate(18)
                        .put((byte) 2)
                        .putLong(initiator)
                        .putLong(responder)
                        .put((byte) 1)
                        .array());
    }

    HaBuilder text(int attribute, String text) {
        return raw(attribute, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    HaMessage message() throws HaFormatException {
        return HaMessage.parse(ByteBuffer.wrap(bytes()));
    }
}
