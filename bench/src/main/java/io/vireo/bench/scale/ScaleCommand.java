package io.vireo.bench.scale;

import io.vireo.bench.forward.Cpus;
import io.vireo.bench.forward.Rounds;
import io.vireo.bench.forward.Sampler;
import io.vireo.bench.process.BenchJvm;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.tables.InternetTable;
import io.vireo.control.linux.Superuser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo bench scale}. */
@Command(
        name = "scale",
        description =
                "How cost grows with routes, virtual routers, classes and frame length: curves of the data plane process, of"
                        + " lookups, of the scheduler, and of a whole node with its control (as root).")
public final class ScaleCommand extends BenchTask {
    private static final Rounds THOROUGH = new Rounds(2, new Sampler(Duration.ofSeconds(4), 4, Duration.ofMillis(800)));
    private static final Rounds QUICK = new Rounds(1, new Sampler(Duration.ofSeconds(2), 3, Duration.ofMillis(300)));
    private static final String HEAP = "3g";

    @Option(
            names = "--axis",
            split = ",",
            paramLabel = "AXIS",
            description = "What grows: routes, routers, classes, size (default: all).")
    private List<String> axes = List.of("routes", "routers", "classes", "size");

    private final List<String> omitted = new ArrayList<>();

    @Override
    protected String title() {
        return "vireo bench scale";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        ForwardCurve forwarding =
                new ForwardCurve(isQuick() ? QUICK : THOROUGH, Cpus.of(core(), 1, cpus()), directory(), progress);
        Points points = isQuick() ? Points.FEW : Points.ALL;
        List<Measurement> figures = new ArrayList<>();
        for (Axis axis : Axis.of(axes)) {
            switch (axis) {
                case ROUTES -> {
                    figures.addAll(forwarding.routes(points.routes(), InternetTable.load(home())));
                    figures.addAll(byItself("routes", points.tableRoutes(), progress));
                    figures.addAll(
                            Superuser.isCurrent()
                                    ? node(progress).routes(points.nodeRoutes())
                                    : omit("control by routes"));
                }
                case ROUTERS -> {
                    figures.addAll(forwarding.routers(points.routers()));
                    figures.addAll(byItself("routers", points.tables(), progress));
                    figures.addAll(
                            Superuser.isCurrent()
                                    ? node(progress).routers(points.nodeRouters())
                                    : omit("control by virtual routers"));
                }
                case CLASSES -> {
                    figures.addAll(forwarding.classes(points.portClasses()));
                    figures.addAll(byItself("classes", points.classes(), progress));
                }
                case SIZE -> figures.addAll(forwarding.sizes(points.sizes()));
            }
        }
        return figures;
    }

    private ControlCurve node(ProgressLog progress) throws IOException {
        return new ControlCurve(home(), directory(), progress);
    }

    private List<Measurement> omit(String curve) {
        omitted.add("scale/" + curve + ": it makes namespaces and devices, which needs root");
        return List.of();
    }

    @Override
    protected List<String> omissions() {
        return List.copyOf(omitted);
    }

    private List<Measurement> byItself(String curve, List<Integer> positions, ProgressLog progress)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                curve, home().toString(), Integer.toString(core()), isQuick() ? "3" : "5", isQuick() ? "200" : "500"));
        positions.forEach(position -> arguments.add(position.toString()));
        return BenchJvm.run(ScaleMain.class, HEAP, arguments, directory().resolve("scale-" + curve + ".log"), progress);
    }

    @Override
    protected Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "forwarding",
                "the data plane process as it is, a new one for each point, on CPU " + core()
                        + "; net_pcap with infinite_rx, 64 bytes unless the length grows; rates per second of the worker's CPU time");
        conditions.put(
                "routes",
                InternetTable.origin(home())
                        + ", as many of its routes as are said; 32,768 packets all over them at each point");
        conditions.put("routers", "10,000 packets and routes in all at each point, dealt out to the routers");
        conditions.put(
                "classes",
                "forwarding: a class for each router, on a port with a rate it never reaches; enqueue and dequeue: the scheduler by"
                        + " itself, all classes backlogged, handles in place of packets");
        conditions.put("lookups", "in batches of 64, addresses in routes picked at random, in a JVM of their own");
        conditions.put(
                "control",
                "a whole node, for each point a new one: bench/scale-routers and bench/scale-routes; one reading of each,"
                        + " walls of this machine as busy as it is");
        conditions.put(
                "verified",
                "forwarding: frames that were sent are decoded before each point; packets are counted at both ends and per"
                        + " router; lookups: next hops are held against a search through all routes");
        return conditions;
    }
}
