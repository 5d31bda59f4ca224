package io.vireo.bench.scale;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What grows along a curve. */
enum Axis {
    /** Routes of one virtual router. */
    ROUTES("route", "routes"),
    /** Virtual routers. */
    ROUTERS("virtual router", "virtual routers"),
    /** Classes of the scheduler. */
    CLASSES("class", "classes"),
    /** Bytes of a frame with FCS. */
    SIZE("byte", "bytes");

    private final String one;
    private final String counted;

    Axis(String one, String counted) {
        this.one = one;
        this.counted = counted;
    }

    /** What a position counts. */
    String counted() {
        return counted;
    }

    /** A position, for the names of figures. */
    String at(int position) {
        return String.format(Locale.ROOT, "%,d %s", position, position == 1 ? one : counted);
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list of them.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    static Set<Axis> of(List<String> names) {
        Set<Axis> axes = EnumSet.noneOf(Axis.class);
        for (String name : names) {
            axes.add(Arrays.stream(values())
                    .filter(axis -> axis.option().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--axis: '" + name + "' is none of "
                            + Arrays.stream(values()).map(Axis::option).collect(Collectors.joining(", ")))));
        }
        return axes;
    }
}
