package io.vireo.control.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reserved bandwidth.
 *
 * @param bitsPerSecond at least 1.
 */
public record Bandwidth(long bitsPerSecond) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(bit|kbit|Mbit|Gbit)");

    public Bandwidth {
        if (bitsPerSecond < 1) {
            throw new IllegalArgumentException("a bandwidth is at least 1bit");
        }
    }

    /**
     * Parses a whole number with one of the units bit, kbit, Mbit or Gbit (per second; powers of 1000).
     *
     * @throws IllegalArgumentException when {@code text} is anything else.
     */
    public static Bandwidth parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a bandwidth such as 500kbit, 10Mbit or 1Gbit");
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = unit(matcher.group(2));
        if (number > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("'" + text + "' is more than any bandwidth");
        }
        return new Bandwidth(number * unit);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"Gbit", "Mbit", "kbit"}) {
            if (bitsPerSecond % unit(unit) == 0) {
                return bitsPerSecond / unit(unit) + unit;
            }
        }
        return bitsPerSecond + "bit";
    }

    private static long unit(String name) {
        return switch (name) {
            case "Gbit" -> 1_000_000_000;
            case "Mbit" -> 1_000_000;
            case "kbit" -> 1_000;
            default -> 1;
        };
    }
}
