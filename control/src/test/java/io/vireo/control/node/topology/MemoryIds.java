package io.vireo.control.node.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registry that remembers as long as the test does. */
public final class MemoryIds implements IdRegistry {
    private final Map<Kind, Map<String, Integer>> ids = new HashMap<>();

    @Override
    public int idOf(Kind kind, String key, int limit) {
        Map<String, Integer> known = ids.computeIfAbsent(kind, k -> new HashMap<>());
        return known.computeIfAbsent(key, k -> {
            int id = 0;
            while (known.containsValue(id)) {
                id++;
            }
            if (id >= limit) {
                throw new IdsExhaustedException(kind, key, limit);
            }
            return id;
        });
    }

    @Override
    public void release(Kind kind, String key) {
        ids.getOrDefault(kind, Map.of()).remove(key);
    }

    @Override
    public List<String> keys(Kind kind) {
        return List.copyOf(ids.getOrDefault(kind, Map.of()).keySet());
    }
}
