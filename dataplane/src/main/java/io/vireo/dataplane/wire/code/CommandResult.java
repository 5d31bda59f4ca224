package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** How a command ended. */
public enum CommandResult {
    /** Carried out. */
    OK(0),
    /** A field is out of range or contradicts another; the text names it. */
    INVALID(1),
    /** What it refers to does not exist. */
    NOT_FOUND(2),
    /** What it wants to remove still has dependents, or what it wants to take is taken. */
    IN_USE(3),
    /** No room: a table, pool or limit is exhausted. */
    LIMIT(4),
    /** The device refused; the text is DPDK's or the kernel's. */
    DEVICE(5),
    /** A defect in Vireo; see the error log. */
    INTERNAL(6);

    private static final CodeTable<CommandResult> BY_CODE = new CodeTable<>(values(), CommandResult::code);

    private final int code;

    CommandResult(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable CommandResult ofCode(int code) {
        return BY_CODE.get(code);
    }
}
