package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.util.Random;

/** Random emulations that keep the rules, and emulate something. */
public final class RandomEmulations {
    private RandomEmulations() {}

    public static EmulationSpec next(Random random) {
        DelayDistribution[] distributions = DelayDistribution.values();
        boolean isOrderKept = random.nextBoolean();
        boolean hasRate = random.nextBoolean();
        return new EmulationSpec()
                .delay(
                        1 + random.nextLong(60_000_000_000L),
                        random.nextLong(10_000_000_001L),
                        distributions[random.nextInt(distributions.length)],
                        isOrderKept)
                .rate(
                        hasRate ? random.nextLong(8_000, 1_600_000_000_001L) : 0,
                        hasRate ? random.nextLong(10_000_000_001L) : 0)
                .limitPackets(1 + random.nextInt(1_000_000))
                .loss(probability(random))
                .burst(probability(random), probability(random), probability(random), probability(random))
                .reorder(isOrderKept ? 0 : probability(random))
                .duplicate(probability(random))
                .seed(random.nextLong());
    }

    private static int probability(Random random) {
        return random.nextInt(EmulationSpec.ALWAYS + 1);
    }
}
