package io.vireo.bench.forward;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.Progress;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contenders that run in turn, several times, so that a busy moment of the machine does not fall on one of them alone.
 *
 * @param sizes lengths of the frames of all of them
 * @param matches Vireo's workloads, each with what it stands beside
 */
record Heat(FrameSizes sizes, List<Match> matches) {
    /** Each workload beside each peer. */
    List<Measurement> run(int rounds, Sampler sampler, Progress progress) throws IOException, InterruptedException {
        for (VireoContender contender : vireo()) {
            progress.say(contender.name() + ", " + sizes.name() + ": " + contender.checkFrames()
                    + " forwarded frames decoded, all right");
        }
        List<Contender> all = contenders();
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : all) {
                List<Double> samples = sample(contender, sampler);
                rates.computeIfAbsent(contender.name(), _ -> new ArrayList<>()).addAll(samples);
                progress.say(String.format(
                        Locale.ROOT,
                        "%s, %s, round %d of %d: %.2f Mpps",
                        contender.name(),
                        sizes.name(),
                        round,
                        rounds,
                        new Samples(samples).median()));
            }
        }
        return figures(rates);
    }

    private List<VireoContender> vireo() {
        return matches.stream().map(Match::vireo).toList();
    }

    /** Each once, the peers first. */
    private List<Contender> contenders() {
        Map<String, Contender> byName = new LinkedHashMap<>();
        matches.forEach(match -> match.peers().forEach(peer -> byName.putIfAbsent(peer.name(), peer)));
        List<Contender> all = new ArrayList<>(byName.values());
        all.addAll(vireo());
        return all;
    }

    private static List<Double> sample(Contender contender, Sampler sampler) throws IOException, InterruptedException {
        try (Forwarder forwarder = contender.start()) {
            return sampler.run(forwarder).stream()
                    .map(sample -> sample.packetsPerSecond() / 1e6)
                    .toList();
        } catch (NotMeasuredException e) {
            throw new NotMeasuredException(contender.name() + ": " + e.getMessage());
        }
    }

    private List<Measurement> figures(Map<String, List<Double>> rates) {
        List<Measurement> figures = new ArrayList<>();
        for (Match match : matches) {
            Contender contender = match.vireo();
            Samples ours = new Samples(rates.getOrDefault(contender.name(), List.of()));
            String mix = sizes.bytes().size() == 1 ? "" : ", " + sizes.name();
            for (Contender peer : match.peers()) {
                figures.add(Measurement.alone("forward/" + contender.name() + mix, Unit.MEGA_PACKETS, ours)
                        .ofFrames(sizes.meanBytes())
                        .beside(peer.name(), new Samples(rates.getOrDefault(peer.name(), List.of()))));
            }
        }
        return figures;
    }
}
