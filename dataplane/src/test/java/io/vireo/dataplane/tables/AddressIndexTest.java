package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressIndexTest {
    private record Key(int interfaceId, int family, long hi, long lo) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 5000})
    void shouldAgreeWithAHashMap(int capacity) {
        Random random = new Random(capacity);
        Map<Key, Integer> oracle = new HashMap<>();
        try (AddressIndex index = new AddressIndex(capacity)) {
            for (int i = 0; i < 60_000; i++) {
                Key key = new Key(
                        random.nextInt(3), 4 + 2 * random.nextInt(2), random.nextInt(3), random.nextInt(capacity));
                change(index, oracle, key, random.nextInt(3) == 0, random.nextInt(1000));
                assertThat(index.size()).isEqualTo(oracle.size());
            }
            assertThat(everyKey(index)).isEqualTo(oracle.keySet());
        }
    }

    private static void change(AddressIndex index, Map<Key, Integer> oracle, Key key, boolean isRemoval, int value) {
        if (isRemoval) {
            Integer removed = oracle.remove(key);
            assertThat(index.remove(key.interfaceId, key.family, key.hi, key.lo))
                    .isEqualTo(removed == null ? AddressIndex.ABSENT : removed);
        } else {
            boolean fits = oracle.containsKey(key) || oracle.size() < index.capacity();
            assertThat(index.put(key.interfaceId, key.family, key.hi, key.lo, value))
                    .isEqualTo(fits);
            if (fits) {
                oracle.put(key, value);
            }
        }
        assertThat(index.get(key.interfaceId, key.family, key.hi, key.lo))
                .isEqualTo(oracle.getOrDefault(key, AddressIndex.ABSENT));
    }

    private static Set<Key> everyKey(AddressIndex index) {
        Set<Key> keys = new HashSet<>();
        for (int slot = index.nextUsed(0); slot >= 0; slot = index.nextUsed(slot + 1)) {
            keys.add(keyAt(index, slot));
        }
        return keys;
    }

    private static Key keyAt(AddressIndex index, int slot) {
        return new Key(index.interfaceIdAt(slot), index.familyAt(slot), index.hiAt(slot), index.loAt(slot));
    }

    @Test
    void shouldSweepEveryKeyThatIsToGo() {
        Random random = new Random(7);
        try (AddressIndex index = new AddressIndex(1000)) {
            Set<Key> staying = new HashSet<>();
            while (index.size() < 1000) {
                Key key = new Key(random.nextInt(100), 4, 0, random.nextInt());
                index.put(key.interfaceId, key.family, key.hi, key.lo, 1);
                if (key.interfaceId >= 50) {
                    staying.add(key);
                }
            }
            int slot = index.nextUsed(0);
            while (slot >= 0) {
                if (index.interfaceIdAt(slot) < 50) {
                    index.removeAt(slot);
                    slot = index.nextUsed(slot);
                } else {
                    slot = index.nextUsed(slot + 1);
                }
            }
            assertThat(everyKey(index)).isEqualTo(staying);
        }
    }

    @Test
    void shouldRefuseANegativeValueAndAnImpossibleCapacity() {
        try (AddressIndex index = new AddressIndex(1)) {
            assertThatThrownBy(() -> index.put(0, 4, 0, 0, -1)).hasMessageContaining("-1");
        }
        assertThatThrownBy(() -> new AddressIndex(0)).hasMessageContaining("capacity");
    }
}
