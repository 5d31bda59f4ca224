package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** Internet protocol version of an address. */
public enum AddressFamily {
    /** RFC 791: 32-bit addresses. */
    IPV4(4),
    /** RFC 8200: 128-bit addresses. */
    IPV6(6);

    private static final CodeTable<AddressFamily> BY_CODE = new CodeTable<>(values(), AddressFamily::code);

    private final int code;

    AddressFamily(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable AddressFamily ofCode(int code) {
        return BY_CODE.get(code);
    }
}
