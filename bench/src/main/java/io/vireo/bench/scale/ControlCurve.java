package io.vireo.bench.scale;

import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves of control: a whole node, by the scripts {@code bench/scale-routers} and {@code bench/scale-routes}, which make it, fill it, kill
 * its processes and print a row of numbers for each point. Needs root.
 *
 * @param home the checkout
 * @param directory receives what the scripts print
 */
record ControlCurve(Path home, Path directory, ProgressLog progress) {
    private static final Column[] ROUTERS = {
        new Column("control, apply", 1, Unit.SECONDS),
        new Column("control, memory", 3, Unit.MEGABYTES),
        new Column("control, memory of the kernel", 4, Unit.MEGABYTES),
        new Column("control, back after kill -9", 5, Unit.SECONDS)
    };

    private static final Column[] ROUTES = {
        new Column("control, memory", 2, Unit.MEGABYTES),
        new Column("control, back after kill -9", 3, Unit.SECONDS),
        new Column("data plane killed, silent to the connected subnet", 5, Unit.SECONDS),
        new Column("data plane killed, silent to the last prefix", 7, Unit.SECONDS)
    };

    /** A number of a row, counted from 0. */
    private record Column(String what, int index, Unit unit) {}

    /** Virtual routers of two interfaces each. */
    List<Measurement> routers(List<Integer> counts) throws IOException, InterruptedException {
        return figures(Axis.ROUTERS, ROUTERS, run("scale-routers", counts));
    }

    /** Routes of one virtual router, which Linux has. */
    List<Measurement> routes(List<Integer> counts) throws IOException, InterruptedException {
        return figures(Axis.ROUTES, ROUTES, run("scale-routes", counts));
    }

    private List<String> run(String script, List<Integer> counts) throws IOException, InterruptedException {
        progress.say(script + " " + counts);
        // A few idle seconds are enough: what an idle node takes is not among these figures.
        List<String> command = new ArrayList<>(
                List.of("env", "IDLE=5", home.resolve("bench").resolve(script).toString()));
        counts.forEach(count -> command.add(count.toString()));
        Path log = directory.resolve(script + ".log");
        Process process = ChildProcesses.start(command, log);
        int status = process.waitFor();
        ChildProcesses.end(process);
        if (status != 0) {
            throw new NotMeasuredException(script + " ended with status " + status + "; see " + log);
        }
        return Files.readAllLines(log);
    }

    private static List<Measurement> figures(Axis axis, Column[] columns, List<String> lines) {
        List<Measurement> figures = new ArrayList<>();
        for (double[] row : rows(lines)) {
            for (Column column : columns) {
                figures.add(new ScaleCurve(column.what, axis)
                        .figure((int) row[0], Samples.of(row[column.index]), column.unit));
            }
        }
        return figures;
    }

    /** The rows of numbers among lines; bars between columns are passed over. */
    static List<double[]> rows(List<String> lines) {
        List<double[]> rows = new ArrayList<>();
        for (String line : lines) {
            String numbers = line.replace('|', ' ').strip();
            if (numbers.matches("[0-9]+( +[0-9.]+)+")) {
                rows.add(List.of(numbers.split(" +", -1)).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            }
        }
        return rows;
    }
}
