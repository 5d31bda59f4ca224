package io.vireo.dataplane.wire.ring;

import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Shows a text of a message as characters without copying it. Reusable, no allocation. Not thread-safe. */
public final class TextView {
    private final UnsafeBuffer bytes = new UnsafeBuffer();
    private final AsciiSequenceView characters = new AsciiSequenceView();

    /** Returns what a decoder's {@code wrapXxx} is to be given. */
    public DirectBuffer bytes() {
        return bytes;
    }

    /** Returns the text that was wrapped last. */
    public CharSequence text() {
        characters.wrap(bytes, 0, bytes.capacity());
        return characters;
    }
}
