package io.vireo.control.network.plan;

import io.vireo.control.http.Json;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is taken by names: small numbers of kinds, and paths. What nobody asks for while planning is free after it. */
final class Allocations {
    private final Kept before;
    private final Map<String, Map<String, Integer>> numbers = new TreeMap<>();
    private final Map<String, List<String>> paths = new TreeMap<>();
    private final Map<String, BitSet> used = new HashMap<>();

    /** As it is kept. */
    private record Kept(Map<String, Map<String, Integer>> numbers, Map<String, List<String>> paths) {}

    /** @param text as {@link #toText} wrote it, or empty */
    Allocations(String text) {
        before = text.isEmpty() ? new Kept(Map.of(), Map.of()) : Json.MAPPER.readValue(text, Kept.class);
        // Those of names that may be asked for later are nobody else's.
        before.numbers()
                .forEach((kind, byName) ->
                        byName.values().forEach(number -> used(kind).set(number)));
    }

    /** A number is somebody's who says so himself. */
    void reserve(String kind, int number) {
        used(kind).set(number);
    }

    /** The number of a name: that of before, or else the smallest free one, from 1. */
    int number(String kind, String name) {
        Map<String, Integer> current = numbers.computeIfAbsent(kind, unknown -> new TreeMap<>());
        return current.computeIfAbsent(name, unknown -> {
            Integer known = before.numbers().getOrDefault(kind, Map.of()).get(name);
            int number = known == null ? used(kind).nextClearBit(1) : known;
            used(kind).set(number);
            return number;
        });
    }

    /** The path that a virtual link had. */
    List<String> pathBefore(String link) {
        return before.paths().getOrDefault(link, List.of());
    }

    void putPath(String link, List<String> path) {
        paths.put(link, new ArrayList<>(path));
    }

    String toText() {
        return Json.MAPPER.writeValueAsString(new Kept(numbers, paths));
    }

    private BitSet used(String kind) {
        return used.computeIfAbsent(kind, unknown -> new BitSet());
    }
}
