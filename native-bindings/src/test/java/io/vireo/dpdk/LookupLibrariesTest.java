package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_fib6_conf;
import io.vireo.dpdk.ffi.rte_fib_conf;
import io.vireo.dpdk.ffi.rte_lpm6_config;
import io.vireo.dpdk.ffi.rte_lpm_config;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DPDK's own lookup tables answer through the generated bindings, as the benchmarks that compare with them need. */
@ExtendWith(RunningEal.class)
class LookupLibrariesTest {
    private static final int NETWORK = 0x0A010000;
    private static final byte LENGTH = 16;
    private static final int NEXT_HOP = 77;

    private final Arena arena = Arena.ofAuto();

    @Test
    void shouldLookUpInFib() {
        MemorySegment conf = arena.allocate(rte_fib_conf.layout());
        rte_fib_conf.type(conf, Dpdk.RTE_FIB_DIR24_8());
        rte_fib_conf.max_routes(conf, 16);
        rte_fib_conf.dir24_8.nh_sz(rte_fib_conf.dir24_8(conf), Dpdk.RTE_FIB_DIR24_8_2B());
        rte_fib_conf.dir24_8.num_tbl8(rte_fib_conf.dir24_8(conf), 16);
        MemorySegment fib = Dpdk.rte_fib_create(arena.allocateFrom("fib"), Eal.ANY_SOCKET, conf);
        assertThat(fib.address()).isNotZero();
        assertThat(Dpdk.rte_fib_add(fib, NETWORK, LENGTH, NEXT_HOP)).isZero();

        MemorySegment addresses = arena.allocateFrom(ValueLayout.JAVA_INT, NETWORK + 5, NETWORK - 1);
        MemorySegment nextHops = arena.allocate(ValueLayout.JAVA_LONG, 2);
        assertThat(Dpdk.rte_fib_lookup_bulk(fib, addresses, nextHops, 2)).isZero();

        assertThat(nextHops.toArray(ValueLayout.JAVA_LONG)).containsExactly(NEXT_HOP, 0);
        Dpdk.rte_fib_free(fib);
    }

    @Test
    void shouldLookUpInFib6() {
        MemorySegment conf = arena.allocate(rte_fib6_conf.layout());
        rte_fib6_conf.type(conf, Dpdk.RTE_FIB6_TRIE());
        rte_fib6_conf.max_routes(conf, 16);
        rte_fib6_conf.trie.nh_sz(rte_fib6_conf.trie(conf), Dpdk.RTE_FIB6_TRIE_4B());
        rte_fib6_conf.trie.num_tbl8(rte_fib6_conf.trie(conf), 16);
        MemorySegment fib = Dpdk.rte_fib6_create(arena.allocateFrom("fib6"), Eal.ANY_SOCKET, conf);
        assertThat(fib.address()).isNotZero();
        assertThat(Dpdk.rte_fib6_add(fib, address6(0), (byte) 32, NEXT_HOP)).isZero();

        MemorySegment nextHops = arena.allocate(ValueLayout.JAVA_LONG, 1);
        assertThat(Dpdk.rte_fib6_lookup_bulk(fib, address6(9), nextHops, 1)).isZero();

        assertThat(nextHops.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(NEXT_HOP);
        Dpdk.rte_fib6_free(fib);
    }

    @Test
    void shouldAddToLpm() {
        MemorySegment config = arena.allocate(rte_lpm_config.layout());
        rte_lpm_config.max_rules(config, 16);
        rte_lpm_config.number_tbl8s(config, 16);
        MemorySegment lpm = Dpdk.rte_lpm_create(arena.allocateFrom("lpm"), Eal.ANY_SOCKET, config);
        assertThat(lpm.address()).isNotZero();
        assertThat(Dpdk.rte_lpm_add(lpm, NETWORK, LENGTH, NEXT_HOP)).isZero();

        // rte_lpm_lookup is inline: the entry of the first 24 bits holds the next hop in its low 24.
        int entry = Memory.getInt(lpm.address() + ((long) (NETWORK >>> 8) << 2));
        assertThat(entry & Dpdk.RTE_LPM_LOOKUP_SUCCESS()).isNotZero();
        assertThat(entry & 0xFF_FFFF).isEqualTo(NEXT_HOP);
        Dpdk.rte_lpm_free(lpm);
    }

    @Test
    void shouldLookUpInLpm6() {
        MemorySegment config = arena.allocate(rte_lpm6_config.layout());
        rte_lpm6_config.max_rules(config, 16);
        rte_lpm6_config.number_tbl8s(config, 16);
        MemorySegment lpm = Dpdk.rte_lpm6_create(arena.allocateFrom("lpm6"), Eal.ANY_SOCKET, config);
        assertThat(lpm.address()).isNotZero();
        assertThat(Dpdk.rte_lpm6_add(lpm, address6(0), (byte) 32, NEXT_HOP)).isZero();

        MemorySegment nextHop = arena.allocate(ValueLayout.JAVA_INT);
        assertThat(Dpdk.rte_lpm6_lookup(lpm, address6(9), nextHop)).isZero();

        assertThat(nextHop.get(ValueLayout.JAVA_INT, 0)).isEqualTo(NEXT_HOP);
        Dpdk.rte_lpm6_free(lpm);
    }

    /** 2001:db8::{@code last}. */
    private MemorySegment address6(int last) {
        byte[] address = {0x20, 0x01, 0x0D, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) last};
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
    }
}
