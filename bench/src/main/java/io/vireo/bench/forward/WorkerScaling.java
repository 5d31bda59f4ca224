package io.vireo.bench.forward;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Data planes with one worker and with several, each of which has a port and a router of its own: what all of them together
 * forward, beside one.
 *
 * @param sizes lengths of the frames of all of them
 * @param crews the first has one worker
 */
record WorkerScaling(FrameSizes sizes, List<VireoContender> crews) {
    /**
     * One worker beside as many as the machine can have.
     *
     * @param first the first worker's CPU
     * @param online the machine's CPUs
     * @param flows of each router, a route for each
     * @param pages where packets lie
     * @param directory receives captures and logs
     */
    static WorkerScaling of(
            FrameSizes sizes, int first, SortedSet<Integer> online, int flows, Pages pages, Path directory) {
        return new WorkerScaling(
                sizes,
                counts(online.size()).stream()
                        .map(workers -> new VireoContender(
                                workload(workers, flows), sizes, Cpus.of(first, workers, online), pages, directory))
                        .toList());
    }

    /** 1, 2, 4 and so on, while the conductor has a CPU too, and all but that one; two share with it when there are but two. */
    static List<Integer> counts(int cpus) {
        SortedSet<Integer> counts = new TreeSet<>(List.of(1));
        for (int workers = 2; workers < cpus; workers *= 2) {
            counts.add(workers);
        }
        if (cpus > 1) {
            counts.add(Math.max(2, cpus - 1));
        }
        return List.copyOf(counts);
    }

    private static Workload workload(int workers, int flows) {
        String name = workers == 1 ? "1 worker" : workers + " workers, a port and a router each";
        return Workload.small(name, new Topology(workers, 1), workers * flows, AddressFamily.IPV4);
    }

    /** What each crew forwards beside one worker, and each of its workers alone. */
    List<Measurement> run(Rounds rounds, ProgressLog progress) throws IOException, InterruptedException {
        for (VireoContender crew : crews) {
            crew.checkFrames(progress);
        }
        return figures(rounds.run(sizes, crews, progress));
    }

    private List<Measurement> figures(Map<String, List<List<Sample>>> samples) {
        String single = crews.getFirst().name();
        Samples one = Rounds.megaPackets(samples.getOrDefault(single, List.of()));
        List<Measurement> figures = new ArrayList<>();
        for (VireoContender crew : crews.subList(1, crews.size())) {
            List<List<Sample>> ours = samples.getOrDefault(crew.name(), List.of());
            figures.add(figure(crew.name(), Rounds.megaPackets(ours)).beside(single, one));
            for (int worker = 0; worker < crew.cpus().workers().size(); worker++) {
                figures.add(figure(crew.name() + ": worker " + worker, Rounds.megaPackets(ours, worker)));
            }
        }
        return figures;
    }

    private Measurement figure(String name, Samples samples) {
        return Measurement.alone("forward/" + name, Unit.MEGA_PACKETS, samples).ofFrames(sizes.meanBytes());
    }

    /** Which of the CPUs were shared, for the report. */
    String condition() {
        List<String> shared = crews.stream()
                .filter(crew -> crew.cpus().sharesWithConductor())
                .map(crew -> crew.cpus().workers().size() + " workers")
                .toList();
        return shared.isEmpty()
                ? "each has a CPU, and the conductor and this program another"
                : String.join(", ", shared)
                        + ": this machine has too few CPUs, one is shared with the conductor and this program;"
                        + " rates per second of each worker's own CPU time say how much they disturb each other's caches and"
                        + " memory, not what so many CPUs of their own would carry";
    }
}
