package io.vireo.dataplane.schedule.policy;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * Admission of guarantees under one parent: the sum of the children's service curves may not exceed the parent's at any
 * time scale (the paper's condition for all deadlines to be met, section III).
 *
 * <p>The sum is kept as its slope at zero and the change of slope at each child's {@code d}, so that a child costs
 * O(log n) to admit or release and a question costs one pass over the distinct spans. Exact: bits are counted in
 * billionths, in {@link BigInteger}. Single writer; allocates, so not for workers.
 */
public final class CurveAdmission {
    private final ServiceCurve parent;
    private final TreeMap<Long, Long> bends = new TreeMap<>();
    private long firstRateBitsPerSecond;

    /** Nothing admitted yet. The parent's curve is its guarantee, or the port's rate at the top. */
    public CurveAdmission(ServiceCurve parent) {
        this.parent = parent;
        bend(parent.firstSpanNs(), 0);
    }

    /** Whether the curve fits beside what was admitted. */
    public boolean fits(ServiceCurve child) {
        admit(child);
        boolean fits = !isExceeded();
        release(child);
        return fits;
    }

    /** Counts the curve in, whether it fits or not. */
    public void admit(ServiceCurve child) {
        firstRateBitsPerSecond += child.firstRateBitsPerSecond();
        bend(child.firstSpanNs(), child.secondRateBitsPerSecond() - child.firstRateBitsPerSecond());
    }

    /** Counts a curve out that was admitted before. */
    public void release(ServiceCurve child) {
        firstRateBitsPerSecond -= child.firstRateBitsPerSecond();
        bend(child.firstSpanNs(), child.firstRateBitsPerSecond() - child.secondRateBitsPerSecond());
    }

    /** Whether the admitted curves together exceed the parent's at some time scale. */
    public boolean isExceeded() {
        return rateLeftBitsPerSecond() < 0;
    }

    /**
     * How much is left: the largest rate whose straight curve still fits, negative if already too much was admitted.
     * It is the minimum, over all time scales, of the parent's curve less the sum, divided by the time.
     */
    public long rateLeftBitsPerSecond() {
        return walk().rateLeftBitsPerSecond;
    }

    /** The time scale at which the gap is smallest: 0 is the first instant, {@link Long#MAX_VALUE} the long run. */
    public long tightestSpanNs() {
        return walk().tightestSpanNs;
    }

    private void bend(long spanNs, long slopeChange) {
        long sum = bends.getOrDefault(spanNs, 0L) + slopeChange;
        if (sum == 0 && spanNs != parent.firstSpanNs()) {
            bends.remove(spanNs);
        } else {
            bends.put(spanNs, sum);
        }
    }

    private Walk walk() {
        Walk walk = new Walk(parent, firstRateBitsPerSecond);
        for (Map.Entry<Long, Long> bend : bends.entrySet()) {
            walk.to(bend.getKey(), bend.getValue());
        }
        walk.toTheLongRun();
        return walk;
    }

    /** Goes along the bends; between them both sides are straight, so the gap is smallest at a bend or an end. */
    private static final class Walk {
        private final ServiceCurve parent;
        private BigInteger sumBitNs = BigInteger.ZERO;
        private long slopeBitsPerSecond;
        private long atNs;
        private long rateLeftBitsPerSecond = Long.MAX_VALUE;
        private long tightestSpanNs;

        Walk(ServiceCurve parent, long firstRateBitsPerSecond) {
            this.parent = parent;
            this.slopeBitsPerSecond = firstRateBitsPerSecond;
        }

        void to(long bendNs, long slopeChange) {
            if (atNs == 0 && bendNs > 0) {
                updateGap(
                        parent.firstSpanNs() == 0 ? parent.secondRateBitsPerSecond() : parent.firstRateBitsPerSecond());
            }
            sumBitNs = sumBitNs.add(product(slopeBitsPerSecond, bendNs - atNs));
            atNs = bendNs;
            slopeBitsPerSecond += slopeChange;
            if (bendNs > 0) {
                updateGap();
            }
        }

        void toTheLongRun() {
            atNs = Long.MAX_VALUE;
            updateGap(parent.secondRateBitsPerSecond());
        }

        private void updateGap(long parentRateBitsPerSecond) {
            keepMin(parentRateBitsPerSecond - slopeBitsPerSecond);
        }

        private void updateGap() {
            BigInteger left = parentBitNs().subtract(sumBitNs);
            BigInteger[] rate = left.divideAndRemainder(BigInteger.valueOf(atNs));
            long floor = rate[0].longValueExact() - (rate[1].signum() < 0 ? 1 : 0);
            keepMin(floor);
        }

        private BigInteger parentBitNs() {
            long firstNs = Math.min(atNs, parent.firstSpanNs());
            return product(parent.firstRateBitsPerSecond(), firstNs)
                    .add(product(parent.secondRateBitsPerSecond(), atNs - firstNs));
        }

        private void keepMin(long leftBitsPerSecond) {
            if (leftBitsPerSecond < rateLeftBitsPerSecond) {
                rateLeftBitsPerSecond = leftBitsPerSecond;
                tightestSpanNs = atNs;
            }
        }

        private static BigInteger product(long rateBitsPerSecond, long ns) {
            return BigInteger.valueOf(rateBitsPerSecond).multiply(BigInteger.valueOf(ns));
        }
    }
}
