package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the bindings, and the words this package reads by hand, say about DPDK's structures must be what its headers say. */
class HeadersTest {
    @Test
    void shouldHaveTheSizesOffsetsAndConstantsOfTheInstalledHeaders() throws Exception {
        Map<String, Long> bindings = BindingFacts.all();

        assertThat(bindings)
                .hasSizeGreaterThan(700)
                .containsKeys(
                        "(int)RTE_MAX_ETHPORTS", "sizeof(struct rte_mbuf)", "offsetof(struct rte_mbuf, data_off)");
        assertThat(bindings).containsExactlyInAnyOrderEntriesOf(HeaderProbe.evaluate(List.copyOf(bindings.keySet())));
    }

    @Test
    void shouldFindBitFieldsWhereItReadsThem() throws Exception {
        Map<String, Long> words = new LinkedHashMap<>();
        words.put(txOffloadWith("l2_len"), 1L);
        words.put(txOffloadWith("l3_len"), 1L << 7);
        words.put(txOffloadWith("l4_len"), 1L << 16);
        words.put(txOffloadWith("tso_segsz"), 1L << 24);
        words.put(txOffloadWith("outer_l3_len"), 1L << 40);
        words.put(txOffloadWith("outer_l2_len"), 1L << 49);
        words.put(
                "({ struct rte_eth_link l; memset(&l, 0, sizeof(l)); l.link_status = 1; ((uint16_t *)&l)[2]; })",
                1L << 2);

        assertThat(words).containsExactlyEntriesOf(HeaderProbe.evaluate(List.copyOf(words.keySet())));
    }

    @Test
    void shouldCallFunctionsByTheirTrueTypes() throws Exception {
        Map<String, Long> types = new LinkedHashMap<>();
        types.put(sameType("eth_rx_burst_t", "uint16_t (*)(void *, struct rte_mbuf **, uint16_t)"), 1L);
        types.put(sameType("eth_tx_burst_t", "uint16_t (*)(void *, struct rte_mbuf **, uint16_t)"), 1L);
        types.put(sameType("rte_mempool_dequeue_t", "int (*)(struct rte_mempool *, void **, unsigned int)"), 1L);
        types.put(sameType("typeof(&rte_pktmbuf_free_bulk)", "void (*)(struct rte_mbuf **, unsigned int)"), 1L);
        types.put(sameType("typeof(&rte_eth_stats_get)", "int (*)(uint16_t, struct rte_eth_stats *)"), 1L);
        types.put(sameType("typeof(&rte_eth_link_get_nowait)", "int (*)(uint16_t, struct rte_eth_link *)"), 1L);

        assertThat(types).containsExactlyEntriesOf(HeaderProbe.evaluate(List.copyOf(types.keySet())));
    }

    @Test
    void shouldFindEachFunctionInTheLibraries() throws ReflectiveOperationException {
        List<Method> addresses = BindingFacts.functionAddresses();

        assertThat(addresses).hasSizeGreaterThan(80);
        for (Method address : addresses) {
            assertThat(address.invoke(null)).as(address.getName()).isNotEqualTo(MemorySegment.NULL);
        }
    }

    private static String txOffloadWith(String field) {
        return "({ struct rte_mbuf m; memset(&m, 0, sizeof(m)); m." + field + " = 1; m.tx_offload; })";
    }

    private static String sameType(String actual, String expected) {
        return "__builtin_types_compatible_p(" + actual + ", " + expected + ")";
    }
}
