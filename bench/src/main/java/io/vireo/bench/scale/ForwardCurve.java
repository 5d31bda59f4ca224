package io.vireo.bench.scale;

import io.vireo.bench.forward.Cpus;
import io.vireo.bench.forward.FrameSizes;
import io.vireo.bench.forward.Rounds;
import io.vireo.bench.forward.VireoContender;
import io.vireo.bench.forward.Workload;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import io.vireo.bench.tables.InternetTable;
import io.vireo.bench.tables.Ipv4Routes;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves of the real data plane process: each point is a process of its own, whose frames are decoded before it is measured and
 * whose packets are counted at both ends.
 *
 * @param rounds how often and how long each point is measured
 * @param cpus what the process runs on
 * @param directory receives captures and logs
 */
record ForwardCurve(Rounds rounds, Cpus cpus, Path directory, ProgressLog progress) {
    private static final String WHAT = "forwarding";
    private static final FrameSizes MIN_FRAME = FrameSizes.of(64);

    /** The same at all points, and a multiple of all numbers of routers: each gets equally many. */
    private static final int FLOWS = 10_000;

    private static final int FEW_FLOWS = 16;

    /** Routes of the Internet's table picked at random, and then all of them; the packets go all over them. */
    List<Measurement> routes(List<Integer> counts, InternetTable table) throws IOException, InterruptedException {
        List<Measurement> figures = new ArrayList<>();
        for (int count : withAll(counts, table.ipv4())) {
            Workload workload = Workload.fullIpv4(
                    Axis.ROUTES.at(count),
                    new InternetTable(table.origin(), table.ipv4().some(count), table.ipv6()));
            figures.addAll(point(new ScaleCurve(WHAT, Axis.ROUTES), count, workload, MIN_FRAME));
        }
        return figures;
    }

    /** These and the whole table. */
    static List<Integer> withAll(List<Integer> counts, Ipv4Routes routes) {
        List<Integer> all = new ArrayList<>(counts);
        all.add(routes.count());
        return all;
    }

    List<Measurement> routers(List<Integer> counts) throws IOException, InterruptedException {
        List<Measurement> figures = new ArrayList<>();
        for (int count : counts) {
            Workload workload = spread(Axis.ROUTERS.at(count), count);
            figures.addAll(point(new ScaleCurve(WHAT, Axis.ROUTERS), count, workload, MIN_FRAME));
        }
        return figures;
    }

    /** A class for each router's interface: what the routers cost is in the other curve. */
    List<Measurement> classes(List<Integer> counts) throws IOException, InterruptedException {
        List<Measurement> figures = new ArrayList<>();
        for (int count : counts) {
            String name = Axis.CLASSES.at(count) + " of as many routers";
            Workload workload = spread(name, count).scheduled(name);
            ScaleCurve curve = new ScaleCurve("forwarding, a class for each router", Axis.CLASSES);
            figures.addAll(point(curve, count, workload, MIN_FRAME));
        }
        return figures;
    }

    List<Measurement> sizes(List<Integer> sizes) throws IOException, InterruptedException {
        List<Measurement> figures = new ArrayList<>();
        for (int bytes : sizes) {
            Workload workload = Workload.small(Axis.SIZE.at(bytes), 1, FEW_FLOWS, AddressFamily.IPV4);
            point(new ScaleCurve(WHAT, Axis.SIZE), bytes, workload, FrameSizes.of(bytes)).stream()
                    .map(figure -> figure.ofFrames(bytes))
                    .forEach(figures::add);
        }
        return figures;
    }

    private static Workload spread(String name, int routers) {
        return Workload.small(name, routers, FLOWS, AddressFamily.IPV4);
    }

    private List<Measurement> point(ScaleCurve curve, int position, Workload workload, FrameSizes sizes)
            throws IOException, InterruptedException {
        VireoContender vireo = new VireoContender(workload, sizes, cpus, directory);
        vireo.checkFrames(progress);
        Samples rate =
                Rounds.megaPackets(rounds.run(sizes, List.of(vireo), progress).getOrDefault(vireo.name(), List.of()));
        return curve.figures(position, rate, Unit.MEGA_PACKETS, Unit.NANOSECONDS_PER_PACKET);
    }
}
