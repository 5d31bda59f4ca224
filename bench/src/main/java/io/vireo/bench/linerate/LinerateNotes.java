package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader must know beside the figures: what limited them, and what was irregular. Pure. */
final class LinerateNotes {
    private LinerateNotes() {}

    /** Sentences by keyword. */
    static Map<String, String> of(List<GenomeResult> results) {
        Map<String, String> notes = new LinkedHashMap<>();
        for (GenomeResult result : results) {
            for (DeviceResult device : result.devices()) {
                String about = result.genome().name() + " " + device.device();
                notes.put(about, sentence(device));
            }
        }
        return notes;
    }

    private static String sentence(DeviceResult device) {
        StringBuilder text =
                new StringBuilder("generator loopback %.2f Mpps".formatted(device.loopFramesPerSecond() / 1e6));
        text.append(
                device.wireFramesPerSecond() == 0
                        ? ", behind schedule at every load on this wire"
                        : ", at most %.2f Mpps on this wire".formatted(device.wireFramesPerSecond() / 1e6));
        if (device.isNdrGeneratorLimited()) {
            text.append("; NDR is LIMITED BY THE GENERATOR, the device may carry more");
        }
        for (GoalResult rate : device.rates()) {
            if (rate.regularity() != Regularity.REGULAR) {
                text.append("; %s is irregular: %s"
                        .formatted(rate.goal().name(), rate.regularity().description()));
            }
            if (rate.inversions() > 0) {
                text.append("; %d loads above one that missed %s met it"
                        .formatted(rate.inversions(), rate.goal().name()));
            }
        }
        BurstResult burst = device.burst();
        if (burst != null) {
            text.append(
                    burst.isUnlimited()
                            ? "; no burst of %d frames lost one".formatted(burst.maxFrames())
                            : "; buffer %.1f us (RFC 9004, corrected)".formatted(burst.bufferNs() / 1e3));
        }
        return text.toString();
    }
}
