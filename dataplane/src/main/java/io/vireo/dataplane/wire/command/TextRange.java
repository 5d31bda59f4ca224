package io.vireo.dataplane.wire.command;

import org.jspecify.annotations.Nullable;

/** How long the schema lets a text be, and the sentence that refuses another. Immutable, no allocation. */
final class TextRange {
    private final int min;
    private final int max;
    private final String refusal;

    /** Takes the constants that SBE makes of the text's length. */
    TextRange(String field, int min, int max) {
        this.min = min;
        this.max = max;
        refusal = field + ": must be " + min + ".." + max + " printable ASCII characters";
    }

    /** Returns null, or why a text is refused. */
    @Nullable
    String check(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return refusal;
            }
        }
        return length >= min && length <= max ? null : refusal;
    }
}
