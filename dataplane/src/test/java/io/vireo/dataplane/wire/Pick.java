package io.vireo.dataplane.wire;

import java.util.Random;

/** Chooses at random. */
public final class Pick {
    private Pick() {}

    public static <T> T from(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }
}
