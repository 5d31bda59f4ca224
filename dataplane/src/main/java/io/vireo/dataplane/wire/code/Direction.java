package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** Where a frame was captured. */
public enum Direction {
    /** As it came in. */
    RECEIVED(1),
    /** As it goes out. */
    SENT(2),
    /** As it was when it was dropped; the drop reason says why. */
    DROPPED(3),
    /** As it is handed to the control plane. */
    PUNTED(4),
    /** As it came from the control plane. */
    INJECTED(5);

    private static final CodeTable<Direction> BY_CODE = new CodeTable<>(values(), Direction::code);

    private final int code;

    Direction(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable Direction ofCode(int code) {
        return BY_CODE.get(code);
    }
}
