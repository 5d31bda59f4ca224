package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contenders that run in turn, several times, so that a busy moment of the machine does not fall on one of them alone.
 *
 * @param count how many times each is started
 * @param sampler takes the rates of each start
 */
public record Rounds(int count, Sampler sampler) {
    /** The samples of each, by its name; each sample is of all its forwarding threads. */
    public Map<String, List<List<Sample>>> run(
            FrameSizes sizes, List<? extends Contender> contenders, ProgressLog progress)
            throws IOException, InterruptedException {
        Map<String, List<List<Sample>>> all = new LinkedHashMap<>();
        for (int round = 1; round <= count; round++) {
            for (Contender contender : contenders) {
                List<List<Sample>> samples = sample(contender);
                all.computeIfAbsent(contender.name(), _ -> new ArrayList<>()).addAll(samples);
                progress.say(String.format(
                        Locale.ROOT,
                        "%s, %s, round %d of %d: %.2f Mpps",
                        contender.name(),
                        sizes.name(),
                        round,
                        count,
                        megaPackets(samples).median()));
            }
        }
        return all;
    }

    private List<List<Sample>> sample(Contender contender) throws IOException, InterruptedException {
        try (Forwarder forwarder = contender.start()) {
            return sampler.run(forwarder);
        } catch (NotMeasuredException e) {
            throw new NotMeasuredException(contender.name() + ": " + e.getMessage());
        }
    }

    /** Millions of packets per second, of all threads together. */
    public static Samples megaPackets(List<List<Sample>> samples) {
        return new Samples(samples.stream()
                .map(threads ->
                        threads.stream().mapToDouble(Sample::packetsPerSecond).sum() / 1e6)
                .toList());
    }

    /** Millions of packets per second of one thread. */
    static Samples megaPackets(List<List<Sample>> samples, int thread) {
        return new Samples(samples.stream()
                .map(threads -> threads.get(thread).packetsPerSecond() / 1e6)
                .toList());
    }
}
