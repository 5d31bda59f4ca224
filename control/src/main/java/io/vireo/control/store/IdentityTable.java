package io.vireo.control.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Small dense numbers for things with names, kept for as long as the thing is. Any thread may call.
 */
public final class IdentityTable {
    private final Database database;
    private final Map<String, Space> spaces = new HashMap<>();

    IdentityTable(Database database) {
        this.database = database;
        database.call(session -> session.query(
                        "SELECT kind, key, id FROM identity",
                        row -> new Row(row.getString(1), row.getString(2), row.getInt(3))))
                .forEach(row -> space(row.kind()).put(row.key(), row.id()));
    }

    /**
     * The number of a thing: the one it has, or else the smallest free one, which is on the disk before this returns.
     *
     * @param kind  what numbers are dense within, such as {@code ROUTER}.
     * @param key   name of the thing.
     * @param limit the number must be below this.
     * @return the number, or empty when all are used.
     */
    public synchronized OptionalInt idOf(String kind, String key, int limit) {
        Space space = space(kind);
        Integer known = space.ids.get(key);
        if (known != null) {
            return OptionalInt.of(known);
        }
        int id = space.smallestFree();
        if (id >= limit) {
            return OptionalInt.empty();
        }
        database.transaction(
                session -> session.update("INSERT INTO identity (kind, key, id) VALUES (?, ?, ?)", kind, key, id));
        space.put(key, id);
        return OptionalInt.of(id);
    }

    /**
     * Allocates numbers for many things at once, with one write to the disk. Those that cannot be numbered are skipped:
     * {@link #idOf} reports them.
     *
     * @return those that had no number before.
     */
    public synchronized List<String> reserve(String kind, Collection<String> keys, int limit) {
        Space space = space(kind);
        Map<String, Integer> fresh = new LinkedHashMap<>();
        for (String key : keys) {
            if (!space.ids.containsKey(key) && space.smallestFree() < limit) {
                fresh.put(key, space.smallestFree());
                space.put(key, space.smallestFree());
            }
        }
        try {
            database.transaction(session -> {
                fresh.forEach((key, id) ->
                        session.update("INSERT INTO identity (kind, key, id) VALUES (?, ?, ?)", kind, key, id));
                return fresh;
            });
        } catch (StoreException e) {
            fresh.keySet().forEach(space::remove);
            throw e;
        }
        return List.copyOf(fresh.keySet());
    }

    /** Frees the number of a thing that is gone. Without effect when it has none. */
    public synchronized void release(String kind, String key) {
        Space space = space(kind);
        if (space.ids.containsKey(key)) {
            database.transaction(
                    session -> session.update("DELETE FROM identity WHERE kind = ? AND key = ?", kind, key));
            space.remove(key);
        }
    }

    /** The names that have a number of this kind. */
    public synchronized List<String> keys(String kind) {
        return List.copyOf(space(kind).ids.keySet());
    }

    private Space space(String kind) {
        return spaces.computeIfAbsent(kind, ignored -> new Space());
    }

    private record Row(String kind, String key, int id) {}

    /** The numbers of one kind. */
    private static final class Space {
        private final Map<String, Integer> ids = new HashMap<>();
        private final Set<Integer> used = new HashSet<>();

        /** No number below this one is free. */
        private int firstCandidate;

        void put(String key, int id) {
            ids.put(key, id);
            used.add(id);
        }

        boolean remove(String key) {
            Integer id = ids.remove(key);
            if (id == null) {
                return false;
            }
            used.remove(id);
            firstCandidate = Math.min(firstCandidate, id);
            return true;
        }

        int smallestFree() {
            while (used.contains(firstCandidate)) {
                firstCandidate++;
            }
            return firstCandidate;
        }
    }
}
