package io.vireo.control.node.session;

import io.vireo.dataplane.schedule.policy.FilterImageCheck;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The books of the {@link FakeDataplane} about classes, filters, quotas and rates, as strict as the real ones. Each method
 * returns why it refuses, or an empty text.
 */
public final class FakeScheduler {
    public static final int QUEUE_PACKETS = 4_096;

    public final Map<Integer, String> names = new ConcurrentSkipListMap<>();
    public final Map<Integer, Integer> parents = new ConcurrentHashMap<>();
    public final Map<Integer, String> places = new ConcurrentHashMap<>();
    public final Map<String, ClassSpec> specs = new ConcurrentHashMap<>();
    public final Map<Integer, String> filters = new ConcurrentHashMap<>();
    public final Map<Integer, Integer> quotas = new ConcurrentSkipListMap<>(Map.of(0, QUEUE_PACKETS / 2));
    public final Map<Integer, Long> rates = new ConcurrentHashMap<>();
    final Map<Integer, Long> quotaBytes = new ConcurrentHashMap<>();
    final Map<Integer, Integer> overheads = new ConcurrentHashMap<>();

    /** Why classes of these names are refused. */
    public final Map<String, String> refusedClasses = new ConcurrentHashMap<>();

    /** What was done, in order. */
    public final List<String> log = new CopyOnWriteArrayList<>();

    private final Map<Integer, Integer> filterDefaults = new ConcurrentHashMap<>();
    private final Map<Integer, Long> filterDigests = new ConcurrentHashMap<>();
    private final List<Long> image = new ArrayList<>();

    String setRate(int portId, long rate, int overheadBytes, boolean isPort) {
        if (!isPort) {
            return "portId: there is no port " + portId;
        }
        rates.put(portId, rate);
        overheads.put(portId, overheadBytes);
        return done("rate " + rate);
    }

    public String addClass(int id, int parent, int portId, int interfaceId, ClassSpec spec, String name) {
        String place = portId + "/" + interfaceId;
        if (refusedClasses.containsKey(name)) {
            return known(refusedClasses, name);
        }
        if (parent != 0 && !place.equals(places.get(parent))) {
            return "parentClassId: there is no class " + parent + " there";
        }
        if (names.containsKey(id) && !place.equals(places.get(id))) {
            return "portId: class " + id + " exists with another value";
        }
        if (quotas.getOrDefault(spec.quotaId(), 0) == 0) {
            return "quotaId: there is no quota " + spec.quotaId();
        }
        for (int above = parent; above != 0; above = parents.getOrDefault(above, 0)) {
            if (above == id) {
                return "parentClassId: a circle";
            }
        }
        names.put(id, name);
        parents.put(id, parent);
        places.put(id, place);
        specs.put(name, new ClassSpec().copyFrom(spec));
        return done("class " + name + (parent == 0 ? "" : " under " + names.get(parent)));
    }

    public String removeClass(int id) {
        if (!names.containsKey(id)) {
            return "classId: there is no class " + id;
        }
        if (parents.containsValue(id)) {
            return "classId: class " + id + " still has children";
        }
        String name = names.remove(id);
        parents.remove(id);
        places.remove(id);
        specs.remove(name);
        return done("remove " + name);
    }

    String setFilter(int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        if (firstLong == 0) {
            image.clear();
        }
        for (int i = 0; i < chunk.size(); i++) {
            image.add(chunk.word(i));
        }
        if (image.size() < totalLongs) {
            return "";
        }
        long[] words = image.stream().mapToLong(Long::longValue).toArray();
        List<String> classes = new ArrayList<>();
        for (int rule = 0; words.length > 0 && rule < FilterImageCheck.rules(words, 0); rule++) {
            classes.add(String.valueOf(names.get((int) FilterImageCheck.classOfRule(words, 0, rule))));
        }
        String defaultName = defaultClassId == 0 ? "none" : String.valueOf(names.get(defaultClassId));
        if (classes.contains("null") || defaultName.equals("null")) {
            return "image: the interface has no such class";
        }
        if (defaultClassId == 0 && classes.isEmpty()) {
            filters.remove(interfaceId);
            return done("no filter");
        }
        filterDefaults.put(interfaceId, defaultClassId);
        filterDigests.put(interfaceId, SchedulingDigest.of(words, 0, words.length));
        filters.put(interfaceId, classes + " else " + defaultName);
        return done("filter " + classes + " else " + defaultName);
    }

    String setQuota(int id, int packets, long bytes) {
        int sum = quotas.values().stream().mapToInt(Integer::intValue).sum() - quotas.getOrDefault(id, 0) + packets;
        if (sum > QUEUE_PACKETS) {
            return "packets: all quotas together would be " + sum + " packets";
        }
        boolean isUsed = specs.values().stream().anyMatch(spec -> spec.quotaId() == id);
        if (packets == 0 && isUsed) {
            return "packets: quota " + id + " is in use";
        }
        if (packets == 0) {
            quotas.remove(id);
        } else {
            quotas.put(id, packets);
            quotaBytes.put(id, bytes);
        }
        return done("quota " + id + " = " + packets);
    }

    boolean isInUse(String place) {
        return places.values().stream().anyMatch(each -> each.startsWith(place) || each.endsWith(place));
    }

    /** All there is, by the names that a resynchronisation knows it by. */
    public List<String> elements() {
        List<String> elements = new ArrayList<>();
        names.keySet().forEach(id -> elements.add("class " + id));
        filters.keySet().forEach(id -> elements.add("filter " + id));
        quotas.keySet().stream().filter(id -> id != 0).forEach(id -> elements.add("quota " + id));
        rates.keySet().forEach(id -> elements.add("rate " + id));
        return elements;
    }

    /** Removes what was not repeated. */
    public void sweep(Set<String> old) {
        names.keySet().removeIf(id -> old.contains("class " + id));
        parents.keySet().retainAll(names.keySet());
        places.keySet().retainAll(names.keySet());
        specs.keySet().retainAll(names.values());
        filters.keySet().removeIf(id -> old.contains("filter " + id));
        quotas.keySet().removeIf(id -> old.contains("quota " + id));
        rates.keySet().removeIf(id -> old.contains("rate " + id));
    }

    /** Tells all there is, as an answer to a dump; returns how much that was. */
    long dump(long correlationId, EventProxy events) {
        long entries = 0;
        for (Map.Entry<Integer, Long> rate : rates.entrySet()) {
            int port = rate.getKey();
            if (rate.getValue() != 0
                    && events.rateEntry(correlationId, port, rate.getValue(), known(overheads, port))) {
                entries++;
            }
        }
        for (Map.Entry<Integer, Integer> quota : quotas.entrySet()) {
            int id = quota.getKey();
            long bytes = quotaBytes.getOrDefault(id, 0L);
            if (id != 0 && events.quotaEntry(correlationId, id, quota.getValue(), bytes)) {
                entries++;
            }
        }
        for (int id : names.keySet()) {
            String[] place = known(places, id).split("/", 2);
            long digest = SchedulingDigest.of(known(specs, known(names, id)));
            events.classEntry(
                    correlationId,
                    id,
                    known(parents, id),
                    Integer.parseInt(place[0]),
                    Integer.parseInt(place[1]),
                    digest);
            entries++;
        }
        for (int id : filters.keySet()) {
            events.filterEntry(correlationId, id, known(filterDefaults, id), known(filterDigests, id));
            entries++;
        }
        return entries;
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    /** The tree, each class with its parent's name, for comparisons. */
    public List<String> tree() {
        return names.entrySet().stream()
                .map(entry ->
                        entry.getValue() + "<" + names.getOrDefault(parents.getOrDefault(entry.getKey(), 0), "port"))
                .sorted()
                .toList();
    }

    private String done(String what) {
        log.add(what);
        return "";
    }
}
