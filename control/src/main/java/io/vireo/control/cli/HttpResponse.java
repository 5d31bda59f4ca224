package io.vireo.control.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to an HTTP request (RFC 9112).
 *
 * @param status  status code.
 * @param headers fields by their names in lower case.
 * @param body    the body, chunks already put together; closing it closes the connection.
 */
record HttpResponse(int status, Map<String, String> headers, InputStream body) implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 16 * 1024;

    /** Reads the head of an answer. */
    static HttpResponse read(InputStream connection) throws IOException {
        InputStream in = new BufferedInputStream(connection, 64 * 1024);
        String[] statusLine = readLine(in).split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("this is not an HTTP answer: " + String.join(" ", statusLine));
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new HttpResponse(Integer.parseInt(statusLine[1]), headers, bodyOf(headers, in));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private static InputStream bodyOf(Map<String, String> headers, InputStream in) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new ChunkedInput(in);
        }
        String length = headers.get("content-length");
        // Without a length the body ends with the connection (RFC 9112 §6.3).
        return length == null ? in : new LimitedInput(in, parseLength(length, 10));
    }

    /** Digits only: a sign, which Java would take, is none of RFC 9110 §8.6 and RFC 9112 §7.1. */
    static long parseLength(String text, int radix) throws IOException {
        String digits = text.strip();
        if (!digits.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("'" + text + "' is not a length");
        }
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("'" + text + "' is not a length", e);
        }
    }

    /** Reads up to CR LF, which is left out. */
    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("a line is longer than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
