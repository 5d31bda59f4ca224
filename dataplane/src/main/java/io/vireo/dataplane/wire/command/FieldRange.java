package io.vireo.dataplane.wire.command;

import org.jspecify.annotations.Nullable;

/** The range that the schema gives a field, and the text that refuses what is out of it. Immutable, no allocation. */
final class FieldRange {
    private final long min;
    private final long max;
    private final String refusal;

    private FieldRange(long min, long max, String refusal) {
        this.min = min;
        this.max = max;
        this.refusal = refusal;
    }

    /** Takes the constants that SBE makes of a field's type. */
    static FieldRange of(String field, long min, long max) {
        boolean isOpen = max == Long.MAX_VALUE || max == Integer.MAX_VALUE;
        return new FieldRange(min, max, field + ": must be " + (isOpen ? "at least " + min : min + ".." + max));
    }

    /** As {@link #of}, where another value has a meaning of its own; what is in the range may have to keep a rule, too. */
    FieldRange or(long value, String rule) {
        return new FieldRange(min, max, refusal.replace("must be ", "must be " + value + " or " + rule));
    }

    /** As {@link #of}, with the unit in the text. */
    FieldRange in(String unit) {
        return new FieldRange(min, max, refusal + " " + unit);
    }

    boolean contains(long value) {
        return value >= min && value <= max;
    }

    /** Returns null, or why a value is refused. */
    @Nullable
    String check(long value) {
        return check(contains(value));
    }

    /** As {@link #check(long)}, when more than the range matters. */
    @Nullable
    String check(boolean isValid) {
        return isValid ? null : refusal;
    }
}
