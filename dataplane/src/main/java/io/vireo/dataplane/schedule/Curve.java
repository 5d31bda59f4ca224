package io.vireo.dataplane.schedule;

/**
 * One of a class's three runtime curves: where its words stand, and what can be done with them.
 *
 * <p>A runtime curve is the least of all curves that started at the beginnings of backlogged periods (the paper's D, E
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
record Curve(int x1, int y1, int mantissa1, int x2, int y2, int mantissa2, int burst, int metaBit, int fractionBits) {
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

    boolean isPresent(Words words, int at) {
        return ((meta(words, at) >>> PRESENT_BIT) & 1) != 0;
    }

    void removeFrom(Words words, int at) {
        words.set(at + ClassTable.META, words.get(at + ClassTable.META) & ~(META_MASK << metaBit));
    }

    /** Writes slopes and shape; says nothing of where the curve starts. The numbers must be free of defects. */
    void shape(Words words, int at, long firstRate, long spanNs, long secondRate) {
        int shape = shapeOf(firstRate, secondRate);
        long slope1 = shape == DELAYED ? secondRate : firstRate;
        words.set(at + mantissa1, FixedPoint.mantissa(slope1, fractionBits));
        words.set(at + mantissa2, FixedPoint.mantissa(secondRate, fractionBits));
        words.set(
                at + burst,
                FixedPoint.multiplyDivide(spanNs << fractionBits, Math.abs(firstRate - secondRate), secondRate));
        long meta = FixedPoint.shift(slope1, fractionBits)
                | ((long) FixedPoint.shift(secondRate, fractionBits) << SECOND_SHIFT)
                | ((long) shape << SHAPE_SHIFT)
                | (1L << PRESENT_BIT);
        setMeta(words, at, meta);
    }

    /** Takes the slopes of another of the class's curves, in this one's units of time. */
    void borrowShape(Words words, int at, Curve lender) {
        int finer = fractionBits - lender.fractionBits;
        long lent = lender.meta(words, at) & META_MASK;
        words.set(at + mantissa1, words.get(at + lender.mantissa1));
        words.set(at + mantissa2, words.get(at + lender.mantissa2));
        words.set(at + burst, words.get(at + lender.burst) << finer);
        // The same mantissa means time in units 2^finer times smaller when it is shifted that much less.
        long meta = lent - finer - ((long) finer << SECOND_SHIFT);
        setMeta(words, at, meta);
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
    void restart(Words words, int at, long x, long y) {
        int shape = shape(words, at);
        setFirst(words, at, x, y);
        if (shape != LINEAR) {
            setSecond(words, at, shape == CONCAVE ? x - words.get(at + burst) : x + words.get(at + burst), y);
        }
    }

    /** A backlogged period starts at (x, y): the minimum of the curve and its copy from there. */
    void update(Words words, int at, long x, long y) {
        int shape = shape(words, at);
        if (shape == LINEAR) {
            notBefore(words, at, x, y);
        } else if (shape == CONCAVE) {
            notBefore(words, at, x, y);
            secondNotBefore(words, at, x - words.get(at + burst), y);
        } else if (!Time.isBefore(x, inverse(words, at, y))) {
            restart(words, at, x, y);
        }
    }

    /** No service is owed from before x; what the curve is now stays as it is. For limits, whose credit must not grow. */
    void trail(Words words, int at, long x, long y) {
        int shape = shape(words, at);
        if (shape <= CONCAVE) {
            update(words, at, x, y);
        } else {
            secondNotBefore(words, at, x, y);
        }
    }

    /** Moves the whole curve later. */
    void delay(Words words, int at, long by) {
        words.add(at + x1, by);
        if (shape(words, at) != LINEAR) {
            words.add(at + x2, by);
        }
    }

    /** The earliest time at which the curve reaches {@code work}, rounded down; work is never below the last start. */
    long inverse(Words words, int at, long work) {
        int meta = meta(words, at);
        long first = words.get(at + x1)
                + FixedPoint.time(work - words.get(at + y1), words.get(at + mantissa1), meta & SHIFT_MASK);
        int shape = (meta >>> SHAPE_SHIFT) & 3;
        return shape == LINEAR ? first : inverseOfBent(words, at, work, first, shape);
    }

    private long inverseOfBent(Words words, int at, long work, long first, int shape) {
        long second = second(words, at, work);
        if (shape == CONCAVE) {
            return Time.later(first, second);
        }
        if (shape == CONVEX) {
            return Time.earlier(first, second);
        }
        return work == words.get(at + y1) ? words.get(at + x1) : second;
    }

    /**
     * The inverse of the eligible curve E: a convex class must be served ahead of its deadline curve, at its second
     * slope from its start, or it could not get its steep piece when others are in theirs (section IV.B).
     */
    long eligible(Words words, int at, long work) {
        int meta = meta(words, at);
        int shape = (meta >>> SHAPE_SHIFT) & 3;
        if (shape <= CONCAVE) {
            return inverse(words, at, work);
        }
        int shift = (meta >>> SECOND_SHIFT) & SHIFT_MASK;
        return words.get(at + x1) + FixedPoint.time(work - words.get(at + y1), words.get(at + mantissa2), shift);
    }

    /**
     * Gives the curve new slopes from the point (reached, work) it is at, so that nothing served before is owed again
     * and no burst is minted by altering a class over and over.
     *
     * @param reached {@link #eligible} of the work for the real-time curve, its {@link #inverse} for the others
     */
    void bend(Words words, int at, long reached, long work, long firstRate, long spanNs, long secondRate) {
        int oldShape = shape(words, at);
        long oldSecond = oldShape == LINEAR ? reached : second(words, at, work);
        shape(words, at, firstRate, spanNs, secondRate);
        boolean isAlike = oldShape == CONCAVE ? shape(words, at) == CONCAVE : shape(words, at) > CONCAVE;
        setFirst(words, at, reached, work);
        setSecond(words, at, isAlike ? oldSecond : reached, work);
    }

    private long second(Words words, int at, long work) {
        int shift = (meta(words, at) >>> SECOND_SHIFT) & SHIFT_MASK;
        return words.get(at + x2) + FixedPoint.time(work - words.get(at + y2), words.get(at + mantissa2), shift);
    }

    private void notBefore(Words words, int at, long x, long y) {
        int shift = meta(words, at) & SHIFT_MASK;
        long first = words.get(at + x1) + FixedPoint.time(y - words.get(at + y1), words.get(at + mantissa1), shift);
        if (Time.isBefore(first, x)) {
            setFirst(words, at, x, y);
        }
    }

    private void secondNotBefore(Words words, int at, long x, long y) {
        if (Time.isBefore(second(words, at, y), x)) {
            setSecond(words, at, x, y);
        }
    }

    private void setFirst(Words words, int at, long x, long y) {
        words.set(at + x1, x);
        words.set(at + y1, y);
    }

    private void setSecond(Words words, int at, long x, long y) {
        words.set(at + x2, x);
        words.set(at + y2, y);
    }

    private void setMeta(Words words, int at, long meta) {
        words.set(
                at + ClassTable.META, (words.get(at + ClassTable.META) & ~(META_MASK << metaBit)) | (meta << metaBit));
    }

    private int meta(Words words, int at) {
        return (int) (words.get(at + ClassTable.META) >>> metaBit);
    }

    private int shape(Words words, int at) {
        return (meta(words, at) >>> SHAPE_SHIFT) & 3;
    }
}
