package io.vireo.crypto;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The functions of {@code libipsec-mb}: loaded when this class is first used, which fails where the library is missing ({@link
 * IpsecMbLibrary} is asked before). Pointers are typed as {@code long}; the handles are static final so that the JIT compiles them in,
 * and critical: a cipher computes and returns.
 */
final class IpsecMb {
    // Where the pointers are in IMB_MGR.
    static final long GCM128_ENC = 256;
    static final long GCM256_ENC = 272;
    static final long GCM128_DEC = 280;
    static final long GCM256_DEC = 296;
    static final long GCM128_PRE = 448;
    static final long GCM256_PRE = 464;
    static final long CHACHA20_POLY1305_INIT = 920;
    static final long CHACHA20_POLY1305_ENC_UPDATE = 928;
    static final long CHACHA20_POLY1305_DEC_UPDATE = 936;
    static final long CHACHA20_POLY1305_FINALIZE = 944;

    /** {@code sizeof(struct gcm_key_data)}; aligned to 64. */
    static final int GCM_KEY_DATA_BYTES = 1008;

    /** {@code sizeof(struct gcm_context_data)}. */
    static final int GCM_CONTEXT_BYTES = 88;

    /** {@code sizeof(struct chacha20_poly1305_context_data)}. */
    static final int CHACHA_CONTEXT_BYTES = 192;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final long MANAGER = newManager();

    private static final MethodHandle GCM128_ENC_CALL = critical(GCM128_ENC, 10);
    private static final MethodHandle GCM256_ENC_CALL = critical(GCM256_ENC, 10);
    private static final MethodHandle GCM128_DEC_CALL = critical(GCM128_DEC, 10);
    private static final MethodHandle GCM256_DEC_CALL = critical(GCM256_DEC, 10);
    private static final MethodHandle GCM128_PRE_CALL = critical(GCM128_PRE, 2);
    private static final MethodHandle GCM256_PRE_CALL = critical(GCM256_PRE, 2);
    private static final MethodHandle CHACHA_INIT_CALL = critical(CHACHA20_POLY1305_INIT, 5);
    private static final MethodHandle CHACHA_ENC_CALL = critical(CHACHA20_POLY1305_ENC_UPDATE, 5);
    private static final MethodHandle CHACHA_DEC_CALL = critical(CHACHA20_POLY1305_DEC_UPDATE, 5);
    private static final MethodHandle CHACHA_FINALIZE_CALL = critical(CHACHA20_POLY1305_FINALIZE, 3);

    private IpsecMb() {}

    /** A manager holds the functions for this CPU; there is one for the life of the process. */
    private static long newManager() {
        SymbolLookup library = SymbolLookup.libraryLookup(IpsecMbLibrary.NAME, Arena.global());
        MethodHandle allocate =
                LINKER.downcallHandle(library.findOrThrow("alloc_mb_mgr"), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
        MethodHandle init = LINKER.downcallHandle(
                library.findOrThrow("init_mb_mgr_auto"), FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
        try {
            long manager = (long) allocate.invokeExact(0L);
            if (manager == 0) {
                throw new IllegalStateException(IpsecMbLibrary.NAME + ": alloc_mb_mgr gives no memory");
            }
            init.invokeExact(manager, 0L);
            return manager;
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    private static MethodHandle critical(long offset, int arguments) {
        MemoryLayout[] longs = new MemoryLayout[arguments];
        Arrays.fill(longs, JAVA_LONG);
        return LINKER.downcallHandle(
                MemorySegment.ofAddress(Memory.getLong(MANAGER + offset)),
                FunctionDescriptor.ofVoid(longs),
                Linker.Option.critical(false));
    }

    static void expandGcm128(long key, long keyData) {
        try {
            GCM128_PRE_CALL.invokeExact(key, keyData);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void expandGcm256(long key, long keyData) {
        try {
            GCM256_PRE_CALL.invokeExact(key, keyData);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void gcm128Encrypt(
            long keyData, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            GCM128_ENC_CALL.invokeExact(
                    keyData, context, text, text, bytes, nonce, aad, aadBytes, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void gcm256Encrypt(
            long keyData, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            GCM256_ENC_CALL.invokeExact(
                    keyData, context, text, text, bytes, nonce, aad, aadBytes, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void gcm128Decrypt(
            long keyData, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            GCM128_DEC_CALL.invokeExact(
                    keyData, context, text, text, bytes, nonce, aad, aadBytes, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void gcm256Decrypt(
            long keyData, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            GCM256_DEC_CALL.invokeExact(
                    keyData, context, text, text, bytes, nonce, aad, aadBytes, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void chachaEncrypt(
            long key, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            CHACHA_INIT_CALL.invokeExact(key, context, nonce, aad, aadBytes);
            CHACHA_ENC_CALL.invokeExact(key, context, text, text, bytes);
            CHACHA_FINALIZE_CALL.invokeExact(context, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void chachaDecrypt(
            long key, long context, long text, long bytes, long nonce, long aad, long aadBytes, long tag) {
        try {
            CHACHA_INIT_CALL.invokeExact(key, context, nonce, aad, aadBytes);
            CHACHA_DEC_CALL.invokeExact(key, context, text, text, bytes);
            CHACHA_FINALIZE_CALL.invokeExact(context, tag, (long) AeadContext.TAG_BYTES);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    private static AssertionError unreachable(Throwable e) {
        return new AssertionError("a C function throws nothing", e);
    }
}
