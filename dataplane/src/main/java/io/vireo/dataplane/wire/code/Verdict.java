package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** What a stage decided about a packet. */
public enum Verdict {
    /** Handed to the next stage. */
    CONTINUE(1),
    /** Would be sent. */
    TRANSMIT(2),
    /** Would be punted; the reason is a {@link PuntReason} code. */
    PUNT(3),
    /** Dropped; the reason is a {@link DropReason} code. */
    DROP(4);

    private static final CodeTable<Verdict> BY_CODE = new CodeTable<>(values(), Verdict::code);

    private final int code;

    Verdict(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable Verdict ofCode(int code) {
        return BY_CODE.get(code);
    }
}
