package io.vireo.dataplane.conductor;

import io.vireo.crypto.AeadContext;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/**
 * What all security associations of an ESP tunnel have in common, as one word: window in bits 0..15, whether numbers are extended in bit
 * 16, the cipher's code above. 0 is no ESP tunnel. Single user: the conductor.
 */
final class EspOptions {
    static final int NONE = 0;

    private static final int EXTENDED = 1 << 16;
    private static final int ALGORITHM_SHIFT = 17;

    private static final @Nullable String UNAVAILABILITY = AeadContext.unavailability();

    private EspOptions() {}

    static int of(TunnelSpec tunnel) {
        return tunnel.esp().window()
                | (tunnel.esp().isExtended() ? EXTENDED : 0)
                | tunnel.esp().algorithm().code() << ALGORITHM_SHIFT;
    }

    /** Whether this machine can encrypt what a tunnel sends; else says what is missing. */
    static boolean check(TunnelSpec tunnel, Refusal refusal) {
        return tunnel.encapsulation() != Encapsulation.ESP
                || UNAVAILABILITY == null
                || refusal.becauseOf(CommandResult.DEVICE, "encapsulation: ", UNAVAILABILITY);
    }

    static EspAlgorithm algorithm(int options) {
        EspAlgorithm algorithm = EspAlgorithm.ofCode(options >>> ALGORITHM_SHIFT);
        return algorithm == null ? EspAlgorithm.NONE : algorithm;
    }

    static int window(int options) {
        return options & (EXTENDED - 1);
    }

    static boolean isExtended(int options) {
        return (options & EXTENDED) != 0;
    }
}
