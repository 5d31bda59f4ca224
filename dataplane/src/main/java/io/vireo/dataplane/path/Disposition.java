package io.vireo.dataplane.path;

import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;

/**
 * What becomes of a packet, as an {@code int}: {@link #FORWARD}, or dropped or punted for a reason.
 *
 * <p>An exceptional packet keeps its reason here and leaves the common loops, so that these need no branch per reason.
 */
public final class Disposition {
    /** Goes on through the stages. */
    public static final int FORWARD = 0;

    private static final int DROP = 0x100;
    private static final int PUNT = 0x200;
    private static final int CODE_MASK = 0xff;

    private Disposition() {}

    /** The packet is freed and counted under {@code reason}. */
    public static int drop(DropReason reason) {
        return DROP | reason.code();
    }

    /** The packet goes to the control plane as it arrived, if the router's punt limit allows. */
    public static int punt(PuntReason reason) {
        return PUNT | reason.code();
    }

    public static boolean isDrop(int disposition) {
        return (disposition & DROP) != 0;
    }

    public static boolean isPunt(int disposition) {
        return (disposition & PUNT) != 0;
    }

    /** The code of the {@link DropReason} or {@link PuntReason}. */
    public static int reasonCode(int disposition) {
        return disposition & CODE_MASK;
    }
}
