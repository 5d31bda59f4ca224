package io.vireo.control.cli;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, as many as were announced. */
final class LimitedInput extends FilterInputStream {
    private long remaining;

    LimitedInput(final InputStream in, final long length) {
        super(in);
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        final int read = super.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("the connection ended " + remaining + " bytes too early");
        }
        remaining -= read;
        return read;
    }
}
