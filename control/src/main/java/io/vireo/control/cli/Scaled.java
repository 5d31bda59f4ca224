package io.vireo.control.cli;

import java.util.Locale;

/** Quantities in three significant digits and a unit, for people. */
public final class Scaled {
    private static final double STEP = 1_000;
    private static final String[] MULTIPLES = {"", "k", "M", "G", "T"};
    private static final String[] TIMES = {"ns", "us", "ms", "s"};

    private Scaled() {}

    /** A count or rate: 950, 1.25k, 14.9M. */
    static String of(double value) {
        return text(value, MULTIPLES);
    }

    /** The same of a whole number. */
    public static String of(long value) {
        return of((double) value);
    }

    /** A time: 950ns, 1.25ms, 14.9s. */
    static String time(long ns) {
        return text((double) ns, TIMES);
    }

    private static String text(double value, String... units) {
        double scaled = value;
        int unit = 0;
        while (scaled >= 999.5 && unit < units.length - 1) {
            scaled /= STEP;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 99.95 ? 0 : scaled < 9.995 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", scaled, units[unit]);
    }
}
