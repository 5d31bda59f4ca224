package io.vireo.dpdk;

import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Reads and writes native memory at raw addresses: packets, mbufs, DPDK's tables. Any thread; plain accesses without
 * ordering, unaligned ones allowed; nothing is checked, so a wrong address ends the process.
 *
 * <p>This is the one place that decides how. {@code UnsafeApi} (Agrona's exported {@code jdk.internal.misc.Unsafe}) is one
 * machine instruction in every compiler tier; a reinterpreted global {@code MemorySegment} gets there too in a short
 * loop, but through layers that count against the inliner's limits, which a worker's loop needs.
 *
 * <p>{@code …BigEndian} is network byte order; the others are the machine's (little-endian on x86-64).
 */
public final class Memory {
    private Memory() {}

    /** Returns the signed byte at {@code address}. */
    public static byte getByte(long address) {
        return UnsafeApi.getByte(address);
    }

    /** Returns the byte at {@code address} as 0..255. */
    public static int getUnsignedByte(long address) {
        return UnsafeApi.getByte(address) & 0xFF;
    }

    /** Stores one byte. */
    public static void putByte(long address, byte value) {
        UnsafeApi.putByte(address, value);
    }

    /** Returns the signed 16-bit value at {@code address} in machine order. */
    public static short getShort(long address) {
        return UnsafeApi.getShort(address);
    }

    /** Returns the 16-bit value at {@code address} in machine order as 0..65535. */
    public static int getUnsignedShort(long address) {
        return UnsafeApi.getShort(address) & 0xFFFF;
    }

    /** Returns the 16-bit value at {@code address} in network order as 0..65535. */
    public static int getUnsignedShortBigEndian(long address) {
        return Short.reverseBytes(UnsafeApi.getShort(address)) & 0xFFFF;
    }

    /** Stores 16 bits in machine order. */
    public static void putShort(long address, short value) {
        UnsafeApi.putShort(address, value);
    }

    /** Stores the low 16 bits of {@code value} in network order. */
    public static void putShortBigEndian(long address, int value) {
        UnsafeApi.putShort(address, Short.reverseBytes((short) value));
    }

    /** Returns the 32-bit value at {@code address} in machine order. */
    public static int getInt(long address) {
        return UnsafeApi.getInt(address);
    }

    /** Returns the 32-bit value at {@code address} in machine order as 0..2^32-1. */
    public static long getUnsignedInt(long address) {
        return UnsafeApi.getInt(address) & 0xFFFF_FFFFL;
    }

    /** Returns the 32-bit value at {@code address} in network order. */
    public static int getIntBigEndian(long address) {
        return Integer.reverseBytes(UnsafeApi.getInt(address));
    }

    /** Returns the 32-bit value at {@code address} in network order as 0..2^32-1. */
    public static long getUnsignedIntBigEndian(long address) {
        return getIntBigEndian(address) & 0xFFFF_FFFFL;
    }

    /** Stores 32 bits in machine order. */
    public static void putInt(long address, int value) {
        UnsafeApi.putInt(address, value);
    }

    /** Stores 32 bits in network order. */
    public static void putIntBigEndian(long address, int value) {
        UnsafeApi.putInt(address, Integer.reverseBytes(value));
    }

    /** Returns the 64-bit value at {@code address} in machine order. */
    public static long getLong(long address) {
        return UnsafeApi.getLong(address);
    }

    /** Returns the 64-bit value at {@code address} in network order. */
    public static long getLongBigEndian(long address) {
        return Long.reverseBytes(UnsafeApi.getLong(address));
    }

    /** Stores 64 bits in machine order. */
    public static void putLong(long address, long value) {
        UnsafeApi.putLong(address, value);
    }

    /** Stores 64 bits in network order. */
    public static void putLongBigEndian(long address, long value) {
        UnsafeApi.putLong(address, Long.reverseBytes(value));
    }

    /** Copies {@code lengthBytes} between native addresses; the ranges may overlap. */
    public static void copy(long fromAddress, long toAddress, long lengthBytes) {
        UnsafeApi.copyMemory(fromAddress, toAddress, lengthBytes);
    }

    /** Copies {@code lengthBytes} from {@code source[offset…]} to a native address. */
    public static void copy(byte[] source, int offset, long toAddress, int lengthBytes) {
        Objects.checkFromIndexSize(offset, lengthBytes, source.length);
        UnsafeApi.copyMemory(source, BufferUtil.ARRAY_BASE_OFFSET + offset, null, toAddress, lengthBytes);
    }

    /** Copies {@code lengthBytes} from a native address to {@code target[offset…]}. */
    public static void copy(long fromAddress, byte[] target, int offset, int lengthBytes) {
        Objects.checkFromIndexSize(offset, lengthBytes, target.length);
        UnsafeApi.copyMemory(null, fromAddress, target, BufferUtil.ARRAY_BASE_OFFSET + offset, lengthBytes);
    }

    /** Sets {@code lengthBytes} bytes to {@code value}. */
    public static void fill(long address, long lengthBytes, byte value) {
        UnsafeApi.setMemory(address, lengthBytes, value);
    }
}
