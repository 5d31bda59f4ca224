package io.vireo.control.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time.
 *
 * @param ns nanoseconds, at least 0.
 */
public record TimeSpan(long ns) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ns|us|ms|s)");

    public TimeSpan {
        if (ns < 0) {
            throw new IllegalArgumentException("a length of time is not negative");
        }
    }

    /**
     * Parses a whole number with one of the units ns, us, ms or s.
     *
     * @throws IllegalArgumentException when {@code text} is anything else.
     */
    public static TimeSpan parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a length of time such as 500us, 5ms or 1s");
        }
        return new TimeSpan(Long.parseLong(matcher.group(1)) * unitNs(matcher.group(2)));
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"s", "ms", "us"}) {
            if (ns % unitNs(unit) == 0) {
                return ns / unitNs(unit) + unit;
            }
        }
        return ns + "ns";
    }

    private static long unitNs(String name) {
        return switch (name) {
            case "s" -> 1_000_000_000;
            case "ms" -> 1_000_000;
            case "us" -> 1_000;
            default -> 1;
        };
    }
}
