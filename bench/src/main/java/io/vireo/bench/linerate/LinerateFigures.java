package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.CurvePoint;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import io.vireo.control.profile.Profile.LineRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the report's figures of results: Vireo's beside each peer's, and beside the line rate. Pure. */
final class LinerateFigures {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 99.999);

    private final String lineName;
    private final @Nullable LineRate line;

    /**
     * @param lineName the line rate's name in the report
     * @param line what it carries; null when nobody knows
     */
    LinerateFigures(String lineName, @Nullable LineRate line) {
        this.lineName = lineName;
        this.line = line;
    }

    List<Measurement> of(GenomeResult result) {
        List<Measurement> figures = new ArrayList<>();
        figures.addAll(rates(result));
        figures.addAll(latencies(result, "90% of own NDR", result.ownLatencies()));
        figures.addAll(latencies(result, "90% of lowest NDR", result.sameLatencies()));
        figures.addAll(lossCurve(result));
        figures.addAll(besidePeers(result, "back-to-back burst", Unit.FRAMES, LinerateFigures::burst));
        figures.addAll(besidePeers(result, "recovery after overload", Unit.MICROSECONDS, LinerateFigures::recoveries));
        figures.addAll(besidePeers(
                result, "reset: killed to first frame", Unit.SECONDS, device -> reset(result, device.device())));
        return figures;
    }

    private List<Measurement> rates(GenomeResult result) {
        List<Measurement> figures = new ArrayList<>();
        figures.addAll(besidePeers(result, "NDR", Unit.MEGA_PACKETS, device -> rate(device.ndr())));
        Samples ndr = rate(result.devices().getFirst().ndr());
        if (ndr != null && line != null) {
            figures.add(figure(result, "NDR", Unit.MEGA_PACKETS, ndr)
                    .beside(lineName, Samples.of(megaFramesPerSecond(line, result.genome()))));
        }
        figures.addAll(besidePeers(result, "PDR 0.5%", Unit.MEGA_PACKETS, device -> rate(device.pdr())));
        figures.addAll(besidePeers(result, "RFC 2544 throughput", Unit.MEGA_PACKETS, device -> {
            ThroughputSearch.Result throughput = device.throughput();
            return throughput == null ? null : megaFramesPerSecond(throughput.framesPerSecond());
        }));
        return figures;
    }

    /** RFC 2544 counts frames: a mixture's line rate is that of its mean size. */
    private static double megaFramesPerSecond(LineRate line, Genome genome) {
        return line.framesPerSecond((int) Math.round(genome.meanFrameBytes())) / 1e6;
    }

    private static @Nullable Samples rate(@Nullable GoalResult result) {
        return result == null ? null : megaFramesPerSecond(result.conditionalFramesPerSecond());
    }

    private static @Nullable Samples megaFramesPerSecond(@Nullable Double framesPerSecond) {
        return framesPerSecond == null ? null : Samples.of(framesPerSecond / 1e6);
    }

    private static @Nullable Samples burst(DeviceResult device) {
        return device.burst() == null ? null : new Samples(device.burst().frames());
    }

    private static @Nullable Samples recoveries(DeviceResult device) {
        return device.recoveriesNs().isEmpty()
                ? null
                : new Samples(device.recoveriesNs().stream().map(ns -> ns / 1e3).toList());
    }

    private static @Nullable Samples reset(GenomeResult result, String device) {
        Long silenceNs = result.resetsNs().get(device);
        return silenceNs == null ? null : Samples.of(silenceNs / 1e9);
    }

    private List<Measurement> latencies(GenomeResult result, String load, Map<String, List<LatencyResult>> byDevice) {
        List<Measurement> figures = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            String scenario = "latency p%s at %s".formatted(text(percentile), load);
            CurvePoint place = new CurvePoint(
                    "linerate/latency at %s, %s B"
                            .formatted(load, result.genome().name()),
                    "1 / (1 - percentile)",
                    100 / (100 - percentile));
            besidePeers(
                            result,
                            scenario,
                            Unit.MICROSECONDS,
                            device -> percentile(byDevice, device.device(), percentile))
                    .forEach(figure -> figures.add(figure.at(place)));
        }
        return figures;
    }

    private static @Nullable Samples percentile(
            Map<String, List<LatencyResult>> byDevice, String device, double percentile) {
        List<LatencyResult> rounds = byDevice.getOrDefault(device, List.of());
        return rounds.isEmpty()
                ? null
                : new Samples(rounds.stream()
                        .map(round -> round.microseconds(percentile))
                        .toList());
    }

    private static String text(double percentile) {
        return percentile == Math.rint(percentile)
                ? Long.toString(Math.round(percentile))
                : Double.toString(percentile);
    }

    /** Each device has loads of its own here, so its points stand alone. */
    private static List<Measurement> lossCurve(GenomeResult result) {
        List<Measurement> figures = new ArrayList<>();
        for (DeviceResult device : result.devices()) {
            for (LossPoint point : device.lossCurve()) {
                CurvePoint place = new CurvePoint(
                        "linerate/loss of " + device.device() + ", "
                                + result.genome().name() + " B",
                        "offered, Mpps",
                        point.loadFramesPerSecond() / 1e6);
                figures.add(figure(
                                result,
                                "loss of %s at %.2f Mpps".formatted(device.device(), point.loadFramesPerSecond() / 1e6),
                                Unit.PERCENT_LOST,
                                Samples.of(100 * point.lossRatio()))
                        .at(place));
            }
        }
        return figures;
    }

    /** Vireo's figure beside each peer's that has one; alone when there are no peers; nothing when it has none itself. */
    private static List<Measurement> besidePeers(
            GenomeResult result, String scenario, Unit unit, Function<DeviceResult, @Nullable Samples> figureOf) {
        DeviceResult first = result.devices().getFirst();
        Samples own = figureOf.apply(first);
        if (own == null) {
            return List.of();
        }
        Measurement alone = figure(result, scenario, unit, own);
        List<Measurement> figures = new ArrayList<>();
        for (DeviceResult peer : result.devices().subList(1, result.devices().size())) {
            Samples samples = figureOf.apply(peer);
            if (samples != null) {
                figures.add(alone.beside(peer.device(), samples));
            }
        }
        return figures.isEmpty() ? List.of(alone) : figures;
    }

    private static Measurement figure(GenomeResult result, String scenario, Unit unit, Samples samples) {
        int bytes = result.genome().singleFrameBytes();
        String mixture = bytes == 0 ? ", " + result.genome().name() : "";
        return Measurement.alone("linerate/" + scenario + mixture, unit, samples)
                .ofFrames(bytes);
    }
}
