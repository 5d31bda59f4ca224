package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** State of a port. */
public enum PortState {
    /** Started, no link. */
    DOWN(1),
    /** Started, link up. */
    UP(2),
    /** Stopped and given back. */
    REMOVED(3),
    /** Could not be started; a CommandResult said why. */
    FAILED(4);

    private static final CodeTable<PortState> BY_CODE = new CodeTable<>(values(), PortState::code);

    private final int code;

    PortState(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable PortState ofCode(int code) {
        return BY_CODE.get(code);
    }
}
