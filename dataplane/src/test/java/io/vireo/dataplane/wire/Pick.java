package io.vireo.dataplane.wire;

import java.util.Random;

/** Chooses at random. */
final class Pick {
    private Pick() {}

    static <T> T from(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }
}
