package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** What an address of an interface's own is for, in the data plane. */
public enum AddressUse {
    /** The data plane answers for it: ARP, neighbour discovery, echo. */
    ANSWER(1),
    /** Likewise, and it is the source of ICMP errors of its family. */
    SOURCE(2);

    private static final CodeTable<AddressUse> BY_CODE = new CodeTable<>(values(), AddressUse::code);

    private final int code;

    AddressUse(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable AddressUse ofCode(int code) {
        return BY_CODE.get(code);
    }
}
