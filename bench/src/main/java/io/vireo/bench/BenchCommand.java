package io.vireo.bench;

import io.vireo.bench.forward.ForwardCommand;
import io.vireo.bench.linerate.LinerateCommand;
import io.vireo.bench.micro.MicroCommand;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.scale.ScaleCommand;
import io.vireo.bench.schedule.ScheduleCommand;
import io.vireo.bench.start.StartCommand;
import io.vireo.bench.tables.TablesCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code vireo bench}: all benchmarks, one after the other, in one report. */
@Command(
        name = "bench",
        description =
                "Benchmarks, most beside their C peers in the same run. Without a subcommand: forward, schedule and tables, in"
                        + " one report.",
        subcommands = {
            ForwardCommand.class,
            LinerateCommand.class,
            MicroCommand.class,
            ScaleCommand.class,
            ScheduleCommand.class,
            StartCommand.class,
            TablesCommand.class
        })
public final class BenchCommand extends BenchTask {
    private final List<BenchTask> tasks = List.of(new ForwardCommand(), new ScheduleCommand(), new TablesCommand());

    @Override
    protected String title() {
        return "vireo bench";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (BenchTask task : tasks) {
            measurements.addAll(measureAlso(task, progress));
        }
        return measurements;
    }

    @Override
    protected Map<String, String> conditions() throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (BenchTask task : tasks) {
            conditions.putAll(conditionsOf(task));
        }
        return conditions;
    }
}
