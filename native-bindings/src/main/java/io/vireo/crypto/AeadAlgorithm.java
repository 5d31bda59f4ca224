package io.vireo.crypto;

/** An authenticated cipher. All have a nonce of 12 bytes and a tag of 16 (RFC 5116 §5, RFC 8439 §2.8). */
public enum AeadAlgorithm {
    AES_GCM_128(16),
    AES_GCM_256(32),
    CHACHA20_POLY1305(32);

    private final int keyBytes;

    AeadAlgorithm(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    public int keyBytes() {
        return keyBytes;
    }
}
