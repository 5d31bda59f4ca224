package io.vireo.control.cli;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length: the next bytes of a stream. */
final class LimitedInput extends FilterInputStream {
    private long remaining;

    LimitedInput(InputStream in, long length) {
        super(in);
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("the connection ended " + remaining + " bytes too early");
        }
        remaining -= read;
        return read;
    }
}
