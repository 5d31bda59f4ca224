package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import java.util.Arrays;

/** Which ICMP error answers which kind of packet, as in Linux ({@code ip_error()}, {@code ip6_pkt_drop()}), and as what it is dropped. */
final class ErrorKinds {
    /** No error, but what the kernel does. */
    static final int NONE = 0;

    static final int TTL_EXPIRED = 1;
    static final int TOO_BIG = 2;
    private static final int NO_ROUTE = 3;
    private static final int UNREACHABLE = 4;
    private static final int PROHIBITED = 5;

    private static final int HOST = 1;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int FILTERED = 13;
    private static final int PROHIBITED_V6 = 1;

    private static final int[] V4 = {
        0,
        typeAndCode(Icmp.TIME_EXCEEDED, 0),
        typeAndCode(Icmp.UNREACHABLE, FRAGMENTATION_NEEDED),
        typeAndCode(Icmp.UNREACHABLE, 0),
        typeAndCode(Icmp.UNREACHABLE, HOST),
        typeAndCode(Icmp.UNREACHABLE, FILTERED)
    };

    private static final int[] V6 = {
        0,
        typeAndCode(Icmp.TIME_EXCEEDED_V6, 0),
        typeAndCode(Icmp.TOO_BIG_V6, 0),
        typeAndCode(Icmp.UNREACHABLE_V6, 0),
        typeAndCode(Icmp.UNREACHABLE_V6, 0),
        typeAndCode(Icmp.UNREACHABLE_V6, PROHIBITED_V6)
    };

    private static final int[] DROPS = {
        0,
        Disposition.drop(DropReason.TTL_EXPIRED),
        Disposition.drop(DropReason.TOO_BIG),
        Disposition.drop(DropReason.NO_ROUTE),
        Disposition.drop(DropReason.UNREACHABLE),
        Disposition.drop(DropReason.PROHIBITED)
    };

    /** By {@link PuntReason} code. */
    private static final int[] BY_REASON = byReason();

    private ErrorKinds() {}

    private static int typeAndCode(int type, int code) {
        return type << Byte.SIZE | code;
    }

    private static int[] byReason() {
        int[] errors = new int[PuntReason.values().length];
        Arrays.fill(errors, NONE);
        errors[PuntReason.TTL_EXPIRED.code()] = TTL_EXPIRED;
        errors[PuntReason.TOO_BIG.code()] = TOO_BIG;
        errors[PuntReason.NO_ROUTE.code()] = NO_ROUTE;
        errors[PuntReason.UNREACHABLE.code()] = UNREACHABLE;
        errors[PuntReason.PROHIBIT.code()] = PROHIBITED;
        return errors;
    }

    /** The error that answers what is punted for a reason, or {@link #NONE}. */
    static int ofReason(int reason) {
        return BY_REASON[reason];
    }

    static int typeAndCode(int error) {
        return V4[error];
    }

    static int typeAndCodeV6(int error) {
        return V6[error];
    }

    /** What becomes of the packet. */
    static int drop(int error) {
        return DROPS[error];
    }
}
