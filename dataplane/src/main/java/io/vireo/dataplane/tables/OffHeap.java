package io.vireo.dataplane.tables;

import org.agrona.UnsafeApi;

/**
 * Memory by raw address: the one place where this package touches it. Nothing is checked; an address outside a
 * {@link Region} kills the process.
 */
final class OffHeap {
    private OffHeap() {}

    static int getInt(long address) {
        return UnsafeApi.getInt(address);
    }

    static void putInt(long address, int value) {
        UnsafeApi.putInt(address, value);
    }

    static long getLong(long address) {
        return UnsafeApi.getLong(address);
    }

    static void putLong(long address, long value) {
        UnsafeApi.putLong(address, value);
    }

    /** Partner: the loads of the lookups, whose addresses come out of each other. */
    static void putIntRelease(long address, int value) {
        UnsafeApi.putIntRelease(null, address, value);
    }

    /** Partner: {@link #putLongRelease}. */
    static long getLongAcquire(long address) {
        return UnsafeApi.getLongAcquire(null, address);
    }

    /** Partner: {@link #getLongAcquire}. */
    static void putLongRelease(long address, long value) {
        UnsafeApi.putLongRelease(null, address, value);
    }

    static void fullFence() {
        UnsafeApi.fullFence();
    }

    static void copy(long from, long to, long bytes) {
        UnsafeApi.copyMemory(from, to, bytes);
    }

    static void clear(long address, long bytes) {
        UnsafeApi.setMemory(address, bytes, (byte) 0);
    }
}
