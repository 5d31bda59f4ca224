package io.vireo.dataplane.membership.policy;

/** Which protocols begin with two ports (IANA's protocol numbers). */
public final class Transport {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DCCP = 33;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;

    private Transport() {}

    /** Whether the first four bytes of a protocol's header are source and destination port. */
    public static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case TCP, UDP, DCCP, SCTP, UDP_LITE -> true;
            default -> false;
        };
    }
}
