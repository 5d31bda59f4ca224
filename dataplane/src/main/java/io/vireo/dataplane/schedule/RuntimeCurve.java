package io.vireo.dataplane.schedule;

/**
 * One of a class's three runtime curves: where its words stand, and what can be done with them.
 *
 * <p>A runtime curve is the minimum of all curves that started at the beginnings of backlogged periods (the paper's D, E
 * and V, equations 7 to 12). A straight or concave curve is the lower of two lines, one per piece, and so is the
 * minimum of any number of its copies: each line is simply replaced by a later parallel one. That is exact, needs no
 * intersection and therefore no division, where other implementations compute the knee and round it. A convex curve is
 * the upper of two lines; the minimum of two copies is not two-piece, so, as in the paper, the curve is replaced by a
 * later copy unless it still lies below that copy's start.
 *
 * <p>Inverted, which is all that is ever asked, a line is a point (x, y) and a time per byte. {@code burst} is how far
 * the second line lies from the first at the height of a start: behind it for a concave curve (credit), ahead for a
 * convex one (delay). A record, so that the JIT sees through its constants.
 *
 * @param metaBit where this curve's 16 bits stand in the word META: shift 1, shift 2 (6 bits each), shape, present
 */
record RuntimeCurve(
        int x1, int y1, int mantissa1, int x2, int y2, int mantissa2, int burst, int metaBit, int fractionBits) {
    static final int LINEAR = 0;
    static final int CONCAVE = 1;
    static final int CONVEX = 2;
    /** Convex, and nothing at all at first. */
    static final int DELAYED = 3;

    private static final int SHIFT_MASK = 63;
    private static final int SECOND_SHIFT = 6;
    private static final int SHAPE_SHIFT = 12;
    private static final int PRESENT_BIT = 14;
    private static final long META_MASK = 0x7FFF;

    boolean isPresent(long at) {
        return ((meta(at) >>> PRESENT_BIT) & 1) != 0;
    }

    void removeFrom(long at) {
        Words.set(at + ClassTable.META, Words.get(at + ClassTable.META) & ~(META_MASK << metaBit));
    }

    /** Writes slopes and shape; says nothing of where the curve starts. The numbers must be free of defects. */
    void shape(long at, long firstRate, long spanNs, long secondRate) {
        int shape = shapeOf(firstRate, secondRate);
        long slope1 = shape == DELAYED ? secondRate : firstRate;
        Words.set(at + mantissa1, FixedPoint.mantissa(slope1, fractionBits));
        Words.set(at + mantissa2, FixedPoint.mantissa(secondRate, fractionBits));
        Words.set(
                at + burst,
                FixedPoint.multiplyDivide(spanNs << fractionBits, Math.abs(firstRate - secondRate), secondRate));
        long meta = FixedPoint.shift(slope1, fractionBits)
                | ((long) FixedPoint.shift(secondRate, fractionBits) << SECOND_SHIFT)
                | ((long) shape << SHAPE_SHIFT)
                | (1L << PRESENT_BIT);
        setMeta(at, meta);
    }

    /** Takes the slopes of another of the class's curves, in this one's units of time. */
    void borrowShape(long at, RuntimeCurve lender) {
        int finer = fractionBits - lender.fractionBits;
        long lent = lender.meta(at) & META_MASK;
        Words.set(at + mantissa1, Words.get(at + lender.mantissa1));
        Words.set(at + mantissa2, Words.get(at + lender.mantissa2));
        Words.set(at + burst, Words.get(at + lender.burst) << finer);
        // The same mantissa means time in units 2^finer times smaller when it is shifted that much less.
        long meta = lent - finer - ((long) finer << SECOND_SHIFT);
        setMeta(at, meta);
    }

    private static int shapeOf(long firstRate, long secondRate) {
        if (firstRate == secondRate) {
            return LINEAR;
        }
        if (firstRate > secondRate) {
            return CONCAVE;
        }
        return firstRate == 0 ? DELAYED : CONVEX;
    }

    /** Starts afresh at (x, y), whatever was before. */
    void restart(long at, long x, long y) {
        int shape = shape(at);
        setFirst(at, x, y);
        if (shape != LINEAR) {
            setSecond(at, shape == CONCAVE ? x - Words.get(at + burst) : x + Words.get(at + burst), y);
        }
    }

    /** A backlogged period starts at (x, y): the minimum of the curve and its copy from there. */
    void update(long at, long x, long y) {
        int shape = shape(at);
        if (shape == LINEAR) {
            notBefore(at, x, y);
        } else if (shape == CONCAVE) {
            notBefore(at, x, y);
            secondNotBefore(at, x - Words.get(at + burst), y);
        } else if (!Time.isBefore(x, inverse(at, y))) {
            restart(at, x, y);
        }
    }

    /** As {@link #update}, and the {@link #eligible} time of the work it starts with. */
    long begin(long at, long x, long y) {
        int meta = meta(at);
        if (shapeOf(meta) != LINEAR) {
            update(at, x, y);
            return eligible(at, y);
        }
        long reached = first(at, y, meta);
        if (!Time.isBefore(reached, x)) {
            return reached;
        }
        setFirst(at, x, y);
        return x;
    }

    /** As {@link #update}, and the {@link #inverse} of so many bytes more: where a period ends that starts here. */
    long span(long at, long x, long y, long bytes) {
        int meta = meta(at);
        if (shapeOf(meta) != LINEAR) {
            update(at, x, y);
            return inverse(at, y + bytes);
        }
        if (!Time.isBefore(first(at, y, meta), x)) {
            return first(at, y + bytes, meta);
        }
        setFirst(at, x, y);
        return x + FixedPoint.time(bytes, Words.get(at + mantissa1), meta & SHIFT_MASK);
    }

    /** No service is owed from before x; what the curve is now stays as it is. For limits, whose credit must not grow. */
    void trail(long at, long x, long y) {
        int shape = shape(at);
        if (shape <= CONCAVE) {
            update(at, x, y);
        } else {
            secondNotBefore(at, x, y);
        }
    }

    /** Moves the whole curve later. */
    void delay(long at, long by) {
        Words.add(at + x1, by);
        if (shape(at) != LINEAR) {
            Words.add(at + x2, by);
        }
    }

    /** The earliest time at which the curve reaches {@code work}, rounded down; work is never below the last start. */
    long inverse(long at, long work) {
        int meta = meta(at);
        long first = first(at, work, meta);
        int shape = shapeOf(meta);
        return shape == LINEAR ? first : inverseOfBent(at, work, first, shape);
    }

    private long inverseOfBent(long at, long work, long first, int shape) {
        long second = second(at, work);
        if (shape == CONCAVE) {
            return Time.later(first, second);
        }
        if (shape == CONVEX) {
            return Time.earlier(first, second);
        }
        return work == Words.get(at + y1) ? Words.get(at + x1) : second;
    }

    /**
     * The inverse of the eligible curve E: a convex class must be served ahead of its deadline curve, at its second
     * slope from its start, or it could not get its steep piece when others are in theirs (section IV.B).
     */
    long eligible(long at, long work) {
        int meta = meta(at);
        if (shapeOf(meta) <= CONCAVE) {
            return inverse(at, work);
        }
        int shift = (meta >>> SECOND_SHIFT) & SHIFT_MASK;
        return Words.get(at + x1) + FixedPoint.time(work - Words.get(at + y1), Words.get(at + mantissa2), shift);
    }

    /**
     * Gives the curve new slopes from the point (reached, work) it is at, so that nothing served before is owed again
     * and no burst is minted by altering a class over and over.
     *
     * @param reached {@link #eligible} of the work for the real-time curve, its {@link #inverse} for the others
     */
    void bend(long at, long reached, long work, long firstRate, long spanNs, long secondRate) {
        int oldShape = shape(at);
        long oldSecond = oldShape == LINEAR ? reached : second(at, work);
        shape(at, firstRate, spanNs, secondRate);
        boolean isAlike = oldShape == CONCAVE ? shape(at) == CONCAVE : shape(at) > CONCAVE;
        setFirst(at, reached, work);
        setSecond(at, isAlike ? oldSecond : reached, work);
    }

    private long first(long at, long work, int meta) {
        return Words.get(at + x1)
                + FixedPoint.time(work - Words.get(at + y1), Words.get(at + mantissa1), meta & SHIFT_MASK);
    }

    private long second(long at, long work) {
        int shift = (meta(at) >>> SECOND_SHIFT) & SHIFT_MASK;
        return Words.get(at + x2) + FixedPoint.time(work - Words.get(at + y2), Words.get(at + mantissa2), shift);
    }

    private void notBefore(long at, long x, long y) {
        if (Time.isBefore(first(at, y, meta(at)), x)) {
            setFirst(at, x, y);
        }
    }

    private void secondNotBefore(long at, long x, long y) {
        if (Time.isBefore(second(at, y), x)) {
            setSecond(at, x, y);
        }
    }

    private void setFirst(long at, long x, long y) {
        Words.set(at + x1, x);
        Words.set(at + y1, y);
    }

    private void setSecond(long at, long x, long y) {
        Words.set(at + x2, x);
        Words.set(at + y2, y);
    }

    private void setMeta(long at, long meta) {
        Words.set(
                at + ClassTable.META, (Words.get(at + ClassTable.META) & ~(META_MASK << metaBit)) | (meta << metaBit));
    }

    private int meta(long at) {
        return (int) (Words.get(at + ClassTable.META) >>> metaBit);
    }

    private int shape(long at) {
        return shapeOf(meta(at));
    }

    private static int shapeOf(int meta) {
        return (meta >>> SHAPE_SHIFT) & 3;
    }
}
