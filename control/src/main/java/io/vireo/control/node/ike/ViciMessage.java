package io.vireo.control.node.ike;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message of strongSwan's control interface (its {@code vici/README.md}, "Message format"): a tree of sections, with values and lists of
 * values. What goes out is put together by {@link Writer}.
 */
final class ViciMessage {
    private static final int SECTION_START = 1;
    private static final int SECTION_END = 2;
    private static final int KEY_VALUE = 3;
    private static final int LIST_START = 4;
    private static final int LIST_ITEM = 5;
    private static final int LIST_END = 6;

    private static final int MAX_DEPTH = 16;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, ViciMessage> sections = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    /**
     * Reads all that is in the buffer.
     *
     * @throws ViciException when it is no message
     */
    static ViciMessage parse(ByteBuffer buffer) throws ViciException {
        try {
            return parseElements(buffer);
        } catch (BufferUnderflowException e) {
            throw new ViciException("a message that is cut off");
        }
    }

    private static ViciMessage parseElements(ByteBuffer buffer) throws ViciException {
        ViciMessage root = new ViciMessage();
        Deque<ViciMessage> path = new ArrayDeque<>(List.of(root));
        List<String> list = null;
        while (buffer.hasRemaining()) {
            int type = buffer.get();
            ViciMessage section = path.getLast();
            boolean isInList = type == LIST_ITEM || type == LIST_END;
            if (isInList != (list != null)) {
                throw new ViciException("element " + type + " where there is none");
            }
            switch (type) {
                case SECTION_START -> {
                    ViciMessage inner = new ViciMessage();
                    section.sections.put(name(buffer), inner);
                    path.addLast(inner);
                }
                case SECTION_END -> path.removeLast();
                case KEY_VALUE -> section.values.put(name(buffer), value(buffer));
                case LIST_START -> {
                    list = new ArrayList<>();
                    section.lists.put(name(buffer), list);
                }
                case LIST_ITEM -> Objects.requireNonNull(list).add(value(buffer));
                case LIST_END -> list = null;
                default -> throw new ViciException("element " + type);
            }
            if (path.isEmpty() || path.size() > MAX_DEPTH) {
                throw new ViciException("sections that do not match");
            }
        }
        if (path.size() != 1 || list != null) {
            throw new ViciException("a message that is cut off");
        }
        return root;
    }

    private static String name(ByteBuffer buffer) {
        return text(buffer, Byte.toUnsignedInt(buffer.get()));
    }

    private static String value(ByteBuffer buffer) {
        return text(buffer, Short.toUnsignedInt(buffer.getShort()));
    }

    private static String text(ByteBuffer buffer, int bytes) {
        if (bytes > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[bytes];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A value of this section, if there is one. */
    String value(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** The sections in this one, by their names. */
    Map<String, ViciMessage> sections() {
        return sections;
    }

    /** A section of this one, or an empty one. */
    ViciMessage section(String key) {
        return sections.getOrDefault(key, new ViciMessage());
    }

    List<String> list(String key) {
        return lists.getOrDefault(key, List.of());
    }

    /** Writes a message, element by element. */
    static final class Writer {
        private final ByteArrayOutputStream out = new Wiped();

        /** One whose memory can be overwritten. */
        private static final class Wiped extends ByteArrayOutputStream {
            private static final int CAPACITY = 64 * 1024; // so that it is not copied while it grows

            Wiped() {
                super(CAPACITY);
            }

            @Override
            public void close() {
                java.util.Arrays.fill(buf, (byte) 0);
            }
        }

        Writer value(String key, String value) {
            return value(key, value.getBytes(StandardCharsets.UTF_8));
        }

        Writer value(String key, byte[] value) {
            out.write(KEY_VALUE);
            name(key);
            blob(value);
            return this;
        }

        Writer list(String key, String... items) {
            byte[][] blobs = new byte[items.length][];
            for (int n = 0; n < items.length; n++) {
                blobs[n] = items[n].getBytes(StandardCharsets.UTF_8);
            }
            return list(key, blobs);
        }

        Writer list(String key, byte[]... items) {
            out.write(LIST_START);
            name(key);
            for (byte[] item : items) {
                out.write(LIST_ITEM);
                blob(item);
            }
            out.write(LIST_END);
            return this;
        }

        Writer begin(String section) {
            out.write(SECTION_START);
            name(section);
            return this;
        }

        Writer end() {
            out.write(SECTION_END);
            return this;
        }

        private void name(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }

        private void blob(byte[] value) {
            if (value.length > 0xffff) {
                throw new IllegalArgumentException("a value of " + value.length + " bytes");
            }
            out.write(value.length >> Byte.SIZE);
            out.write(value.length);
            out.writeBytes(value);
        }

        /** What was written. */
        byte[] bytes() {
            return out.toByteArray();
        }

        /** Overwrites what was written. */
        void wipe() {
            try {
                out.close();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
