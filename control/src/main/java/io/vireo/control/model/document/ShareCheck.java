package io.vireo.control.model.document;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.Curve;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds shares that break a guarantee. The real-time criterion serves leaves only, so what is promised to a class with
 * classes below it is kept by its share. It gets that much as long as all shares beside it together do not exceed what
 * there is to share.
 */
final class ShareCheck {
    private final String owner;
    private final @Nullable Curve whole;
    private final List<Sharer> sharers = new ArrayList<>();

    /** A class that shares; {@code mapping} is where it stands. */
    private record Sharer(String name, ClassCurves curves, YamlNode.Mapping mapping, boolean isLeaf) {
        boolean isKeptByShare() {
            return !isLeaf && curves.realTime() != null;
        }

        boolean takesMoreThanItsGuarantee() {
            Curve guarantee = curves.realTime();
            long guaranteed = guarantee == null ? 0 : guarantee.service().secondRateBitsPerSecond();
            return curves.longRunBitsPerSecond() > guaranteed;
        }
    }

    /**
     * @param owner what is shared.
     * @param whole how much of it there is for sure, or null when that is not known: then nobody was promised anything.
     */
    ShareCheck(String owner, @Nullable Curve whole) {
        this.owner = owner;
        this.whole = whole;
    }

    void addLeaf(String name, ClassCurves curves, YamlNode.Mapping mapping) {
        sharers.add(new Sharer(name, curves, mapping, true));
    }

    void addInterior(String name, ClassCurves curves, YamlNode.Mapping mapping) {
        sharers.add(new Sharer(name, curves, mapping, false));
    }

    void report(Problems problems) {
        Sharer kept = sharers.stream().filter(Sharer::isKeptByShare).findFirst().orElse(null);
        if (kept == null || whole == null) {
            return;
        }
        long rate = whole.service().secondRateBitsPerSecond();
        long taken = sharers.stream()
                .mapToLong(sharer -> sharer.curves.longRunBitsPerSecond())
                .sum();
        if (taken <= rate) {
            return;
        }
        sharers.stream()
                .filter(Sharer::takesMoreThanItsGuarantee)
                .forEach(sharer -> problems.add(
                        sharer.mapping,
                        "ls",
                        "takes from a guarantee: " + kept.name
                                + " has classes below it, so that its share keeps what it"
                                + " is promised, but the shares of " + owner + " are " + new Bandwidth(taken)
                                + " together and it has " + new Bandwidth(rate)));
    }
}
