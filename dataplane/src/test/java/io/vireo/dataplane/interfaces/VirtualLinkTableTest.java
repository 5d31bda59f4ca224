package io.vireo.dataplane.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a map. */
class VirtualLinkTableTest {
    private static final int CAPACITY = 64;
    private static final int STEPS = 20_000;

    private record Key(int port, int vlan, long sender, int identifier) {}

    private final VirtualLinkTable table = new VirtualLinkTable(CAPACITY);
    private final Map<Key, Integer> oracle = new HashMap<>();
    private final Map<Integer, Key> keys = new HashMap<>();

    private static Key key(Random random) {
        return new Key(random.nextInt(2), random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(8));
    }

    @Test
    void shouldFindWhatAMapFinds() {
        Random random = new Random(7);
        for (int n = 0; n < STEPS; n++) {
            int id = random.nextInt(CAPACITY);
            Key key = key(random);
            if (keys.containsKey(id)) {
                table.remove(id);
                oracle.remove(keys.remove(id));
            } else if (!oracle.containsKey(key)) {
                table.add(id, key.port(), key.vlan(), key.sender(), 100 + id, key.identifier());
                oracle.put(key, id);
                keys.put(id, key);
            }
            assertAsOracle(key(random));
        }
        assertThat(oracle).hasSizeGreaterThan(CAPACITY / 4);
    }

    private void assertAsOracle(Key key) {
        int found = table.find(key.port(), key.vlan(), key.sender(), key.identifier());
        assertThat(found).isEqualTo(oracle.getOrDefault(key, VirtualLinkTable.NONE));
        if (found != VirtualLinkTable.NONE) {
            assertThat(table.receiver(found)).isEqualTo(100 + found);
            assertThat(table.identifier(found)).isEqualTo(key.identifier());
        }
        boolean isSender = oracle.keySet().stream()
                .anyMatch(each ->
                        each.port() == key.port() && each.vlan() == key.vlan() && each.sender() == key.sender());
        assertThat(table.isSender(key.port(), key.vlan(), key.sender())).isEqualTo(isSender);
    }
}
