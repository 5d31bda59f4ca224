package io.vireo.dataplane.schedule.order;

import io.vireo.dataplane.schedule.ClassChange;

/** What a worker answers to an order. Most orders are carried out in silence. */
public final class AnswerCode {
    /** The port's scheduler is empty and back in its slot. */
    public static final int DETACHED = -1;

    private static final ClassChange[] CHANGES = ClassChange.values();

    private AnswerCode() {}

    /** The code of a refusal. */
    @SuppressWarnings("EnumOrdinal") // both ends are threads of one process
    public static int of(ClassChange refusal) {
        return refusal.ordinal();
    }

    /** The refusal of a code. */
    public static ClassChange refusal(int code) {
        return CHANGES[code];
    }
}
