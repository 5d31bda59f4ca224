package io.vireo.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.HeaderProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where this package finds the library's functions, and how it calls them, must be what the installed header says. */
class IpsecMbHeaderTest {
    private static final String GCM_CALL = "void (*)(const struct gcm_key_data *, struct gcm_context_data *, uint8_t *,"
            + " uint8_t const *, uint64_t, const uint8_t *, uint8_t const *, uint64_t, uint8_t *, uint64_t)";
    private static final String CHACHA_CONTEXT = "struct chacha20_poly1305_context_data *";

    @Test
    void shouldHaveTheOffsetsAndSizesOfTheInstalledHeader() throws Exception {
        Map<String, Long> facts = new LinkedHashMap<>();
        facts.put(offset("gcm128_enc"), IpsecMb.GCM128_ENC);
        facts.put(offset("gcm256_enc"), IpsecMb.GCM256_ENC);
        facts.put(offset("gcm128_dec"), IpsecMb.GCM128_DEC);
        facts.put(offset("gcm256_dec"), IpsecMb.GCM256_DEC);
        facts.put(offset("gcm128_pre"), IpsecMb.GCM128_PRE);
        facts.put(offset("gcm256_pre"), IpsecMb.GCM256_PRE);
        facts.put(offset("chacha20_poly1305_init"), IpsecMb.CHACHA20_POLY1305_INIT);
        facts.put(offset("chacha20_poly1305_enc_update"), IpsecMb.CHACHA20_POLY1305_ENC_UPDATE);
        facts.put(offset("chacha20_poly1305_dec_update"), IpsecMb.CHACHA20_POLY1305_DEC_UPDATE);
        facts.put(offset("chacha20_poly1305_finalize"), IpsecMb.CHACHA20_POLY1305_FINALIZE);
        facts.put("sizeof(struct gcm_key_data)", (long) IpsecMb.GCM_KEY_DATA_BYTES);
        facts.put("sizeof(struct gcm_context_data)", (long) IpsecMb.GCM_CONTEXT_BYTES);
        facts.put("sizeof(struct chacha20_poly1305_context_data)", (long) IpsecMb.CHACHA_CONTEXT_BYTES);

        assertThat(facts)
                .containsExactlyEntriesOf(HeaderProbe.evaluate("intel-ipsec-mb.h", List.copyOf(facts.keySet())));
        assertThat(IpsecMb.GCM_KEY_DATA_BYTES).isLessThanOrEqualTo(AeadContext.EXPANDED_KEY_BYTES);
    }

    @Test
    void shouldCallFunctionsByTheirTrueTypes() throws Exception {
        Map<String, Long> types = new LinkedHashMap<>();
        types.put(sameType("gcm128_enc", GCM_CALL), 1L);
        types.put(sameType("gcm256_dec", GCM_CALL), 1L);
        types.put(sameType("gcm128_pre", "void (*)(const void *, struct gcm_key_data *)"), 1L);
        types.put(
                sameType(
                        "chacha20_poly1305_init",
                        "void (*)(const void *, " + CHACHA_CONTEXT + ", const void *, const void *, const uint64_t)"),
                1L);
        types.put(
                sameType(
                        "chacha20_poly1305_enc_update",
                        "void (*)(const void *, " + CHACHA_CONTEXT + ", void *, const void *, const uint64_t)"),
                1L);
        types.put(
                sameType("chacha20_poly1305_finalize", "void (*)(" + CHACHA_CONTEXT + ", void *, const uint64_t)"), 1L);

        assertThat(types)
                .containsExactlyEntriesOf(HeaderProbe.evaluate("intel-ipsec-mb.h", List.copyOf(types.keySet())));
    }

    private static String offset(String field) {
        return "offsetof(IMB_MGR, " + field + ")";
    }

    private static String sameType(String field, String expected) {
        return "__builtin_types_compatible_p(typeof(((IMB_MGR *)0)->" + field + "), " + expected + ")";
    }
}
