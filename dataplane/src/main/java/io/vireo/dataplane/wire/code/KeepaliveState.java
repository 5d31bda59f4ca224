package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** What keepalives say of a tunnel's far end. */
public enum KeepaliveState {
    /** There are no keepalives. */
    NONE(0),
    /** None has been answered yet, and not so many have been lost. */
    PENDING(1),
    /** They are answered. */
    UP(2),
    /** So many in a row as may be lost have been. */
    DOWN(3);

    private static final CodeTable<KeepaliveState> BY_CODE = new CodeTable<>(values(), KeepaliveState::code);

    private final int code;

    KeepaliveState(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in shared memory. */
    public int code() {
        return code;
    }

    /** Returns what a number stands for, or null. */
    public static @Nullable KeepaliveState ofCode(int code) {
        return BY_CODE.get(code);
    }
}
