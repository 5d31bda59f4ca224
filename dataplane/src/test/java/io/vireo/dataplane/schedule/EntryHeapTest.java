package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntryHeapTest {
    private static final int IDS = 200;
    private static final int BASE = 16;

    private final EntryHeap heap = new EntryHeap(BASE + EntryHeap.SKIPPED + IDS, new int[IDS]);
    private final Map<Integer, Long> oracle = new TreeMap<>();

    @Test
    void shouldAlwaysHoldTheLeastKeyOnTop() {
        play(1, 0);
    }

    @Test
    void shouldCompareKeysAroundTheWrap() {
        play(2, Long.MAX_VALUE - 5_000);
    }

    private void play(int seed, long origin) {
        Random random = new Random(seed);
        for (int step = 0; step < 100_000; step++) {
            int id = random.nextInt(IDS);
            long key = origin + random.nextInt(10_000);
            if (!oracle.containsKey(id)) {
                heap.push(BASE, oracle.size(), key, id);
                oracle.put(id, key);
            } else if (random.nextBoolean()) {
                heap.update(BASE, oracle.size(), key, id);
                oracle.put(id, key);
            } else {
                heap.remove(BASE, oracle.size(), id);
                oracle.remove(id);
            }
            checkTop(origin);
        }
    }

    private void checkTop(long origin) {
        if (oracle.isEmpty()) {
            return;
        }
        Comparator<Long> fromOrigin = Comparator.comparingLong(key -> key - origin);
        long min = oracle.values().stream().min(fromOrigin).orElseThrow();
        assertThat(heap.minKey(BASE)).isEqualTo(min);
        assertThat(oracle.get(heap.minId(BASE))).isEqualTo(min);
    }
}
