package io.vireo.control.model;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How likely something is.
 *
 * @param perBillion parts per billion, 0 to {@link #ALWAYS}.
 */
public record Probability(int perBillion) {
    /** Something that does not happen. */
    public static final Probability NEVER = new Probability(0);

    /** Something that always happens. */
    public static final Probability ALWAYS = new Probability(1_000_000_000);

    private static final Pattern TEXT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,7})?%");
    private static final int PERCENT_DIGITS = 7;

    public Probability {
        if (perBillion < 0 || perBillion > 1_000_000_000) {
            throw new IllegalArgumentException("a probability is between 0% and 100%");
        }
    }

    /**
     * Parses a percentage of at most seven decimals, such as 0.5%.
     *
     * @throws IllegalArgumentException when {@code text} is anything else, or more than 100%.
     */
    public static Probability parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a percentage such as 0.5%");
        }
        BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
        if (percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is more than 100%");
        }
        return new Probability(percent.movePointRight(PERCENT_DIGITS).intValueExact());
    }

    /** Whether it can happen at all. */
    public boolean isPossible() {
        return perBillion > 0;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(perBillion, PERCENT_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
