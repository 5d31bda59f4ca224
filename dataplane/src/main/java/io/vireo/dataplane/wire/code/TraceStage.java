package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** Stage of the packet path, in the packet's order, but for the last. */
public enum TraceStage {
    /** Taken from a receive queue. */
    ARRIVE(1),
    /** Ethernet and IP headers checked. */
    CHECK(2),
    /** Interface and virtual router found. */
    CLASSIFY(3),
    /** Longest-prefix match made. */
    FORWARD(4),
    /** TTL, checksum and Ethernet header rewritten. */
    MODIFY(5),
    /** Queued for its port. */
    SCHEDULE(6),
    /** Given to the device. */
    TRANSMIT(7),
    /** Put on an emulated wire, from which it comes back for {@link #SCHEDULE}, or does not. */
    EMULATE(8);

    private static final CodeTable<TraceStage> BY_CODE = new CodeTable<>(values(), TraceStage::code);

    private final int code;

    TraceStage(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable TraceStage ofCode(int code) {
        return BY_CODE.get(code);
    }
}
