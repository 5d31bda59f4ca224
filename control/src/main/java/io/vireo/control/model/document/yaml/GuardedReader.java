package io.vireo.control.model.document.yaml;

import java.io.Reader;

/** Gives a text to the YAML scanner piece by piece, and asks the guard before each. */
final class GuardedReader extends Reader {
    private final String text;
    private final ReadingGuard guard;
    private int position;

    GuardedReader(String text, ReadingGuard guard) {
        this.text = text;
        this.guard = guard;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        guard.check();
        if (position == text.length()) {
            return -1;
        }
        // The scanner fetches the second half of a surrogate pair by itself, and needs room for it in its buffer.
        int count = Math.min(Math.max(1, length - 1), text.length() - position);
        text.getChars(position, position + count, buffer, offset);
        position += count;
        return count;
    }

    @Override
    public void close() {}
}
