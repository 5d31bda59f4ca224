package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** How an ESP tunnel encrypts and authenticates. */
public enum EspAlgorithm {
    /** What a tunnel has that is no ESP tunnel. */
    NONE(0),
    /** AES-GCM with a key of 16 bytes (RFC 4106). */
    AES_GCM_128(1),
    /** AES-GCM with a key of 32 bytes (RFC 4106). */
    AES_GCM_256(2),
    /** ChaCha20-Poly1305 with a key of 32 bytes (RFC 7634). */
    CHACHA20_POLY1305(3);

    private static final CodeTable<EspAlgorithm> BY_CODE = new CodeTable<>(values(), EspAlgorithm::code);

    private final int code;

    EspAlgorithm(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable EspAlgorithm ofCode(int code) {
        return BY_CODE.get(code);
    }
}
