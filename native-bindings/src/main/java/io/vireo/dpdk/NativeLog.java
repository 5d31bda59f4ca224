package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * Captures what DPDK logs during one call, so that an exception can carry DPDK's own words: error numbers alone rarely say
 * which argument or file was at fault. Other threads' messages of that moment are captured too.
 *
 * <p>The log goes to a memory stream of the C library instead of standard error meanwhile. There is one stream for the
 * life of the process: another thread may still be writing to it after the call, so that it must never be closed. It
 * grows by what is captured, a few lines per failure.
 */
final class NativeLog {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN_MEMSTREAM = libc(
            "open_memstream",
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FFLUSH =
            libc("fflush", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));

    private static final MemorySegment TEXT = Arena.global().allocate(ValueLayout.JAVA_LONG);
    private static final MemorySegment LENGTH = Arena.global().allocate(ValueLayout.JAVA_LONG);
    private static final long STREAM = openStream();

    private NativeLog() {}

    /** A call's result, the calling thread's {@code rte_errno} right after it, and what was logged meanwhile. */
    record Captured(int result, int errno, String log) {}

    static synchronized Captured during(IntSupplier call) {
        long from = length();
        Dpdk.rte_openlog_stream(MemorySegment.ofAddress(STREAM));
        try {
            int result = call.getAsInt();
            int errno = RteErrno.current();
            return new Captured(result, errno, textFrom(from));
        } finally {
            Dpdk.rte_openlog_stream(MemorySegment.NULL);
        }
    }

    static String onOneLine(String log) {
        return log.replaceAll("\\s*\\R\\s*", "; ");
    }

    private static String textFrom(long from) {
        long length = length() - from;
        byte[] bytes = new byte[Math.toIntExact(length)];
        Memory.copy(TEXT.get(ValueLayout.JAVA_LONG, 0) + from, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static long length() {
        try {
            int _ = (int) FFLUSH.invokeExact(STREAM);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
        return LENGTH.get(ValueLayout.JAVA_LONG, 0);
    }

    private static long openStream() {
        try {
            return (long) OPEN_MEMSTREAM.invokeExact(TEXT.address(), LENGTH.address());
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }

    private static MethodHandle libc(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }
}
