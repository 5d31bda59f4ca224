package io.vireo.control.model.document;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The text of a document's bytes, which are UTF-8. */
public final class DocumentText {
    private DocumentText() {}

    /**
     * Decodes a document as it came.
     *
     * @throws InvalidConfigurationException with line and column of the first byte that is not UTF-8.
     */
    public static String decode(byte[] bytes) throws InvalidConfigurationException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw notUtf8(in.get(in.position()), out.flip().toString());
        }
        return out.flip().toString();
    }

    private static InvalidConfigurationException notUtf8(byte wrong, String before) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        String reason = String.format(
                Locale.ROOT,
                "the byte 0x%02X begins no character of UTF-8, in which documents are written",
                wrong & 0xff);
        return new InvalidConfigurationException(List.of(new Problem("", "", reason, line, column)));
    }
}
