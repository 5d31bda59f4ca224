package io.vireo.dataplane;

import io.vireo.dataplane.warmup.Warmup;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.Map;

/** How much shared memory a data plane takes, by its settings. Any thread. */
public final class SharedMemoryNeed {
    private SharedMemoryNeed() {}

    /**
     * Returns the bytes of the files that a data plane makes in its directory when it starts.
     *
     * @param settings by name, such as {@code vireo.max.classes}; the others have their defaults
     * @throws IllegalArgumentException when a setting is unknown or out of its range
     */
    public static long bytes(Map<String, String> settings) {
        try {
            Context context = Context.conclude(new String[0], Map.copyOf(settings));
            return new SharedLayout(context.sharedLimits()).totalLength() + Warmup.sharedBytes();
        } catch (StartException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
