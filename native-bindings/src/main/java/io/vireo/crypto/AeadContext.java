package io.vireo.crypto;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens packets in place, and expands keys. Single user: its thread. All addresses are of native memory, unchecked; nothing
 * is allocated after construction.
 *
 * <p>A nonce must never be used twice with a key: whoever calls {@link #seal} counts.
 */
public final class AeadContext {
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    /** Memory of an expanded key, which begins on a multiple of 64. */
    public static final int EXPANDED_KEY_BYTES = (IpsecMb.GCM_KEY_DATA_BYTES + 63) & -64;

    private static final int LINE = 64;
    private static final long CONTEXT_BYTES = Math.max(IpsecMb.GCM_CONTEXT_BYTES, IpsecMb.CHACHA_CONTEXT_BYTES);

    private final long context;
    private final long computedTag;

    /** Takes its memory for the life of the process; the library need not be there. */
    public AeadContext() {
        context = Arena.global().allocate(CONTEXT_BYTES, LINE).address();
        computedTag = Arena.global().allocate(TAG_BYTES, LINE).address();
    }

    /** Why this machine has no such cipher, and what to install; null: it has. */
    public static @Nullable String unavailability() {
        return IpsecMbLibrary.unavailability();
    }

    /** Expands a key for {@link #seal} and {@link #open}. */
    public static void expand(AeadAlgorithm algorithm, long key, long expandedKey) {
        switch (algorithm) {
            case AES_GCM_128 -> IpsecMb.expandGcm128(key, expandedKey);
            case AES_GCM_256 -> IpsecMb.expandGcm256(key, expandedKey);
            case CHACHA20_POLY1305 -> Memory.copy(key, expandedKey, algorithm.keyBytes());
        }
    }

    /** Encrypts {@code bytes} at {@code text} in place, and writes the tag over them and the associated data. */
    public void seal(
            AeadAlgorithm algorithm,
            long expandedKey,
            long nonce,
            long aad,
            int aadBytes,
            long text,
            int bytes,
            long tag) {
        switch (algorithm) {
            case AES_GCM_128 -> IpsecMb.gcm128Encrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, tag);
            case AES_GCM_256 -> IpsecMb.gcm256Encrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, tag);
            case CHACHA20_POLY1305 ->
                IpsecMb.chachaEncrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, tag);
        }
    }

    /**
     * Decrypts in place, if the tag is that of the text and the associated data; else the text is as it was: nothing of a packet
     * that somebody else made is released.
     *
     * @return whether the tag is right.
     */
    public boolean open(
            AeadAlgorithm algorithm,
            long expandedKey,
            long nonce,
            long aad,
            int aadBytes,
            long text,
            int bytes,
            long tag) {
        switch (algorithm) {
            case AES_GCM_128 ->
                IpsecMb.gcm128Decrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, computedTag);
            case AES_GCM_256 ->
                IpsecMb.gcm256Decrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, computedTag);
            case CHACHA20_POLY1305 ->
                IpsecMb.chachaDecrypt(expandedKey, context, text, bytes, nonce, aad, aadBytes, computedTag);
        }
        if (isComputed(tag)) {
            return true;
        }
        // Both ciphers add a key stream: the same one once more gives the text back.
        seal(algorithm, expandedKey, nonce, aad, aadBytes, text, bytes, computedTag);
        return false;
    }

    /** Whether a tag is the computed one, in a time that does not depend on where they differ. */
    private boolean isComputed(long tag) {
        long difference = (Memory.getLong(tag) ^ Memory.getLong(computedTag))
                | (Memory.getLong(tag + Long.BYTES) ^ Memory.getLong(computedTag + Long.BYTES));
        return difference == 0;
    }
}
