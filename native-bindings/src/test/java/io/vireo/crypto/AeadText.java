package io.vireo.crypto;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key, a nonce and associated data: seals and opens by the library, and by the JDK for comparison. */
@SuppressWarnings("ArrayRecordComponent") // used, never compared
record AeadText(AeadAlgorithm algorithm, byte[] key, byte[] nonce, byte[] aad) {
    private static final int TAG = AeadContext.TAG_BYTES;

    /** Ciphertext and tag. */
    byte[] seal(byte[] plain) {
        try (Arena arena = Arena.ofConfined()) {
            long text = copy(arena, plain, TAG);
            new AeadContext()
                    .seal(
                            algorithm,
                            expandedKey(arena),
                            copy(arena, nonce, 0),
                            copy(arena, aad, 0),
                            aad.length,
                            text,
                            plain.length,
                            text + plain.length);
            return read(text, plain.length + TAG);
        }
    }

    /** The plaintext, or null: refused, and what was there is as it was. */
    byte @Nullable [] open(byte[] sealed) {
        try (Arena arena = Arena.ofConfined()) {
            long text = copy(arena, sealed, 0);
            int bytes = sealed.length - TAG;
            boolean isRight = new AeadContext()
                    .open(
                            algorithm,
                            expandedKey(arena),
                            copy(arena, nonce, 0),
                            copy(arena, aad, 0),
                            aad.length,
                            text,
                            bytes,
                            text + bytes);
            if (isRight) {
                return read(text, bytes);
            }
            if (!Arrays.equals(read(text, sealed.length), sealed)) {
                throw new AssertionError("a refused text was changed");
            }
            return null;
        }
    }

    byte[] sealByJdk(byte[] plain) throws GeneralSecurityException {
        boolean isGcm = algorithm != AeadAlgorithm.CHACHA20_POLY1305;
        Cipher cipher = Cipher.getInstance(isGcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, isGcm ? "AES" : "ChaCha20"),
                isGcm ? new GCMParameterSpec(TAG * 8, nonce) : new IvParameterSpec(nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(plain);
    }

    private long expandedKey(Arena arena) {
        long expanded = arena.allocate(AeadContext.EXPANDED_KEY_BYTES, 64).address();
        AeadContext.expand(algorithm, copy(arena, key, 0), expanded);
        return expanded;
    }

    private static long copy(Arena arena, byte[] bytes, int room) {
        long address = arena.allocate(bytes.length + room + 1).address();
        Memory.copy(bytes, 0, address, bytes.length);
        return address;
    }

    private static byte[] read(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }
}
