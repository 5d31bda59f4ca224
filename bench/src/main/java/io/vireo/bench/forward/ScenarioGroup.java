package io.vireo.bench.forward;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contenders that run in turn.
 *
 * @param sizes lengths of the frames of all of them
 * @param matches Vireo's workloads, each with what it stands beside
 */
record ScenarioGroup(FrameSizes sizes, List<Scenario> matches) {
    /** Each workload beside each peer. */
    List<Measurement> run(Rounds rounds, ProgressLog progress) throws IOException, InterruptedException {
        for (VireoContender contender : vireo()) {
            contender.checkFrames(progress);
        }
        return figures(rounds.run(sizes, contenders(), progress));
    }

    private List<VireoContender> vireo() {
        return matches.stream().map(Scenario::vireo).toList();
    }

    /** Each once, the peers first; another of Vireo's workloads may be a peer. */
    private List<Contender> contenders() {
        Map<String, Contender> byName = new LinkedHashMap<>();
        matches.forEach(match -> match.peers().forEach(peer -> byName.putIfAbsent(peer.name(), peer)));
        vireo().forEach(contender -> byName.putIfAbsent(contender.name(), contender));
        return List.copyOf(byName.values());
    }

    private List<Measurement> figures(Map<String, List<List<Sample>>> samples) {
        List<Measurement> figures = new ArrayList<>();
        for (Scenario match : matches) {
            String name = match.vireo().name();
            Samples ours = Rounds.megaPackets(samples.getOrDefault(name, List.of()));
            String mix = sizes.bytes().size() == 1 ? "" : ", " + sizes.name();
            for (Contender peer : match.peers()) {
                figures.add(Measurement.alone("forward/" + name + mix, Unit.MEGA_PACKETS, ours)
                        .ofFrames(match.vireo().meanFrameBytes())
                        .beside(peer.name(), Rounds.megaPackets(samples.getOrDefault(peer.name(), List.of()))));
            }
        }
        return figures;
    }
}
