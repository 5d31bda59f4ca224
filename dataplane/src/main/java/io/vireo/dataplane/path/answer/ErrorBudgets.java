package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.path.Burst;

/**
 * How many ICMP errors may leave (RFC 1812 §4.3.2.8, RFC 4443 §2.4 f). Single user: its worker, so what comes to several workers has a
 * budget at each.
 *
 * <table>
 *   <caption>Buckets, which hold so many at most</caption>
 *   <tr><td>receiver</td><td>100/s, 6</td><td>as the kernel's of a virtual router ({@code icmp_ratelimit}, {@code XRLIM_BURST_FACTOR});
 *       none for "too big", as in the kernel</td></tr>
 *   <tr><td>interface</td><td>1,000/s, 100</td><td>its own, whatever comes to others</td></tr>
 *   <tr><td>router</td><td>10,000/s, 1,000</td><td>what interfaces want beyond that</td></tr>
 * </table>
 *
 * Receivers are found by a hash, and routers by their lower bits, so a few may share a bucket.
 */
final class ErrorBudgets {
    private static final int INDEX_BITS = 12;
    private static final int BUCKETS = 1 << INDEX_BITS;

    /** 2^64 divided by the golden ratio (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final AnswerBudgets receivers = new AnswerBudgets(BUCKETS, 100, 6);
    private final AnswerBudgets interfaces;
    private final AnswerBudgets routers = new AnswerBudgets(BUCKETS, 10_000, 1_000);

    ErrorBudgets(int maxInterfaces) {
        interfaces = new AnswerBudgets(maxInterfaces, 1_000, 100);
    }

    /**
     * Whether one more may leave about a packet of the burst; then it has been charged.
     *
     * @param error {@link ErrorKinds} index.
     * @param source of the packet, or {@link #sourceOf}.
     */
    boolean take(Burst burst, int i, int error, long source, long nowNs) {
        int router = burst.router[i];
        int receiver = (int) (((source * GOLDEN + router) * GOLDEN) >>> (Long.SIZE - INDEX_BITS));
        return (error == ErrorKinds.TOO_BIG || receivers.take(receiver, nowNs))
                && (interfaces.take(burst.ingress[i], nowNs) || routers.take(router & (BUCKETS - 1), nowNs));
    }

    /** A number for an IPv6 source. */
    static long sourceOf(long high, long low) {
        return high ^ Long.rotateLeft(low, 1);
    }
}
