package io.vireo.control.cli;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112 §7.1), put together. */
final class ChunkedInput extends FilterInputStream {
    private static final int HEXADECIMAL = 16;

    private long remaining;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("the connection ended within a chunk");
        }
        remaining -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            HttpResponse.readLine(in); // The line end behind the last chunk.
        }
        begun = true;
        String size = HttpResponse.readLine(in);
        int extension = size.indexOf(';');
        remaining = HttpResponse.parseLength(extension < 0 ? size : size.substring(0, extension), HEXADECIMAL);
        ended = remaining == 0;
    }
}
