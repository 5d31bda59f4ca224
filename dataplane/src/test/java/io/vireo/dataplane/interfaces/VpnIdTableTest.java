package io.vireo.dataplane.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.VnsOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a map, which is slow and obvious. */
class VpnIdTableTest {
    private static final int CAPACITY = 64;
    private static final int PORTS = 2;
    private static final int VLANS = 3;
    private static final int VPNS = 12;

    /** Of an interface; its MAC and its address are made of its id. */
    private record Key(int port, int vlan, int vpnId) {}

    private final InterfaceTable interfaces = new InterfaceTable(CAPACITY);
    private final VpnIdTable table = new VpnIdTable(interfaces, PORTS);
    private final Map<Integer, Key> present = new HashMap<>();

    private static long mac(int id) {
        return 0x020000000000L + id;
    }

    private static int address(int id) {
        return 0x0a000000 + id;
    }

    private void add(int id, Key key) {
        interfaces.defineAccess(id, 1, 2, 3, key.port(), key.vlan());
        interfaces.setMarking(id, VnsOption.EXPERIMENTAL, key.vpnId());
        interfaces.setMac(id, mac(id));
        interfaces.setState(id, InterfaceTable.UP);
        interfaces.addresses().putIpv4(id, interfaces.addresses().freeIpv4(id), address(id));
        table.add(id);
        present.put(id, key);
    }

    private void remove(int id) {
        table.remove(id);
        interfaces.setState(id, InterfaceTable.ABSENT);
        interfaces.addresses().clear(id);
        present.remove(id);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindWhatAMapFinds(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 20_000; n++) {
            int id = random.nextInt(CAPACITY);
            Key key = new Key(random.nextInt(PORTS), random.nextInt(VLANS), random.nextInt(VPNS) << 28);
            if (present.containsKey(id)) {
                remove(id);
            } else if (!present.containsValue(key)) {
                add(id, key);
            }
            assertSame(key, random.nextInt(CAPACITY));
        }
    }

    private void assertSame(Key key, int id) {
        int expected = present.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(VpnIdTable.NONE);
        assertThat(table.find(key.port(), key.vlan(), key.vpnId())).isEqualTo(expected);
        Key own = present.get(id);
        boolean isHere = own != null && own.port() == key.port() && own.vlan() == key.vlan();
        int found = isHere ? id : VpnIdTable.NONE;
        long match = InterfaceTable.destinationMatch(Long.reverseBytes(mac(id)) >>> Short.SIZE);
        assertThat(table.ofMac(key.port(), key.vlan(), match)).isEqualTo(found);
        assertThat(table.ofAddress(key.port(), key.vlan(), address(id))).isEqualTo(found);
        long count = present.values().stream()
                .filter(other -> other.port() == key.port() && other.vlan() == key.vlan())
                .count();
        assertThat(table.count(key.port(), key.vlan())).isEqualTo((int) count);
        assertThat(table.first(key.port(), key.vlan()) == VpnIdTable.NONE).isEqualTo(count == 0);
    }
}
