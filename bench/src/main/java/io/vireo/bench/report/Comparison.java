package io.vireo.bench.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two runs beside each other. A difference counts when all readings of one run lie on one side of all readings of the
 * other; else it may be noise, and is called so.
 *
 * @param rows the new run's figures in its order, then those that only the old one had
 */
public record Comparison(List<Row> rows) {
    /** What became of a figure. */
    public enum Verdict {
        /** Better, by more than the noise. */
        FASTER("faster"),
        /** Worse, by more than the noise. */
        SLOWER("slower"),
        /** The readings of both runs overlap. */
        WITHIN_NOISE("within the noise"),
        /** Measured on different machines. */
        OTHER_MACHINE("another machine: not comparable"),
        /** The old run has no such figure. */
        NEW("new"),
        /** The new run has no such figure. */
        GONE("not measured now");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For a reader. */
        public String words() {
            return words;
        }
    }

    /**
     * One figure.
     *
     * @param now in the new run
     * @param before in the old run
     * @param verdict what became of it
     */
    public record Row(@Nullable Measurement now, @Nullable Measurement before, Verdict verdict) {
        /** New median over old; null when there are not both. */
        public @Nullable Double change() {
            if (now == null || before == null || before.vireo().median() == 0) {
                return null;
            }
            return now.vireo().median() / before.vireo().median();
        }
    }

    /** Same figure, same key. */
    private record Key(
            String scenario,
            int frameBytes,
            Unit unit,
            @Nullable CurvePoint point) {
        static Key of(Measurement measurement) {
            return new Key(measurement.scenario(), measurement.frameBytes(), measurement.unit(), measurement.point());
        }
    }

    /** Compares Vireo's figures; a figure that stands beside several peers counts once. */
    public static Comparison of(List<Measurement> before, List<Measurement> now) {
        Map<Key, Measurement> old = new HashMap<>();
        before.forEach(measurement -> old.putIfAbsent(Key.of(measurement), measurement));
        Map<Key, Measurement> fresh = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Measurement measurement : now) {
            if (fresh.putIfAbsent(Key.of(measurement), measurement) == null) {
                Measurement former = old.get(Key.of(measurement));
                rows.add(new Row(measurement, former, verdict(measurement, former)));
            }
        }
        before.stream()
                .filter(measurement -> fresh.putIfAbsent(Key.of(measurement), measurement) == null)
                .forEach(measurement -> rows.add(new Row(null, measurement, Verdict.GONE)));
        return new Comparison(List.copyOf(rows));
    }

    private static Verdict verdict(Measurement now, @Nullable Measurement before) {
        if (before == null) {
            return Verdict.NEW;
        }
        if (!before.origin().machine().equals(now.origin().machine())) {
            return Verdict.OTHER_MACHINE;
        }
        if (now.vireo().overlaps(before.vireo())) {
            return Verdict.WITHIN_NOISE;
        }
        boolean isLarger = now.vireo().median() > before.vireo().median();
        return isLarger == (now.unit().better() == Unit.Better.HIGHER) ? Verdict.FASTER : Verdict.SLOWER;
    }

    /** Prints a line for each figure. */
    public void print(PrintWriter out) {
        out.printf("%n%-62s %5s %10s %10s %8s  %s%n", "compared", "bytes", "before", "now", "change", "");
        for (Row row : rows) {
            Measurement shown = row.now() == null ? row.before() : row.now();
            if (shown != null) {
                out.printf(
                        Locale.ROOT,
                        "%-62s %5s %10s %10s %8s  %s%n",
                        shown.scenario(),
                        shown.frameBytes() == 0 ? "" : Integer.toString(shown.frameBytes()),
                        median(row.before()),
                        median(row.now()),
                        percent(row.change()),
                        row.verdict().words());
            }
        }
        out.flush();
    }

    static String median(@Nullable Measurement measurement) {
        return measurement == null ? "" : TextReport.number(measurement.vireo().median());
    }

    static String percent(@Nullable Double change) {
        return change == null ? "" : String.format(Locale.ROOT, "%+.1f%%", 100 * (change - 1));
    }
}
