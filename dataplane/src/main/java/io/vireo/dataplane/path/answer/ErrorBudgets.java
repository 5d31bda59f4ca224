package io.vireo.dataplane.path.answer;

/**
 * How many ICMP errors may leave (RFC 1812 §4.3.2.8, RFC 4443 §2.4 f): so many to each receiver, as Linux has it, and so many for
 * packets of each interface. Receivers are distinguished by a hash, so a few may share a bucket. Single user: its worker.
 */
final class ErrorBudgets {
    /** As the kernel's of a virtual router: one in 10 ms, six at once ({@code icmp_ratelimit}, {@code XRLIM_BURST_FACTOR}). */
    private static final int RECEIVER_PACKETS_PER_SECOND = 100;

    private static final int RECEIVER_BURST_PACKETS = 6;
    private static final int RECEIVER_BITS = 12;
    private static final int INTERFACE_PACKETS_PER_SECOND = 10_000;
    private static final int INTERFACE_BURST_PACKETS = 1_000;

    /** 2^64 divided by the golden ratio (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final AnswerBudgets receivers =
            new AnswerBudgets(1 << RECEIVER_BITS, RECEIVER_PACKETS_PER_SECOND, RECEIVER_BURST_PACKETS);
    private final AnswerBudgets interfaces;

    ErrorBudgets(int maxInterfaces) {
        interfaces = new AnswerBudgets(maxInterfaces, INTERFACE_PACKETS_PER_SECOND, INTERFACE_BURST_PACKETS);
    }

    /** Whether an error about a packet of an interface may be sent to its source. */
    boolean take(int interfaceId, long sourceHigh, long sourceLow, long nowNs) {
        long hash = ((sourceHigh * GOLDEN + sourceLow) * GOLDEN + interfaceId) * GOLDEN;
        return receivers.take((int) (hash >>> (Long.SIZE - RECEIVER_BITS)), nowNs) && interfaces.take(interfaceId, nowNs);
    }

    /** The same of one that path MTU discovery needs, which Linux does not count against the receiver. */
    boolean takeTooBig(int interfaceId, long nowNs) {
        return interfaces.take(interfaceId, nowNs);
    }
}
