package io.vireo.dataplane.wire.code;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Finds an enum constant by its code on the wire, without allocation. Immutable. */
final class CodeTable<E extends Enum<E>> {
    private final @Nullable Object[] byCode = new @Nullable Object[256];

    /**
     * @param constants all constants of the enum
     * @param codeOf the code of each, 0..255
     */
    CodeTable(E[] constants, ToIntFunction<E> codeOf) {
        for (E constant : constants) {
            int code = codeOf.applyAsInt(constant);
            if (byCode[code] != null) {
                throw new IllegalArgumentException("code=" + code + " twice: " + constant);
            }
            byCode[code] = constant;
        }
    }

    /** Returns the constant of a code, or null when there is none. */
    @SuppressWarnings("unchecked") // only constants of E are ever stored
    @Nullable
    E get(int code) {
        return code >= 0 && code < byCode.length ? (E) byCode[code] : null;
    }
}
