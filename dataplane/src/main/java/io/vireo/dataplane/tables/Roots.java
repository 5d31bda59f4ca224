package io.vireo.dataplane.tables;

/**
 * Where each table's lookup begins. Every table has an array of entries that its first bits index, so a lookup begins
 * alike in all of them, without a branch: a small table has one entry, in its own record; a larger one 2^6 or 2^18
 * elsewhere.
 *
 * <pre>
 *   record of a table, 16 bytes:
 *   +-------+---------------------------+-----------+----------------------+
 *   | shift | address of the array      | own entry | array, 0: own entry  |
 *   | 6 bit | 58 bit                    | 32 bit    | 32 bit, writer only  |
 *   +-------+---------------------------+-----------+----------------------+
 * </pre>
 *
 * A lookup's index is {@code (address, unsigned) >>> shift} for IPv4 and {@code hi >>> 1 >>> shift} for IPv6, since a long
 * cannot be shifted by 64. Written by the conductor; the first 12 bytes are read by workers.
 */
final class Roots {
    static final int RECORD_BYTES = 16;

    private static final int ENTRY = Long.BYTES;
    private static final int ARRAY = ENTRY + Integer.BYTES;
    private static final int SHIFT_POSITION = 58;
    private static final long ADDRESS_MASK = (1L << SHIFT_POSITION) - 1;
    private static final int NARROW_SHIFT = Integer.SIZE;
    private static final int WIDE_SHIFT = Long.SIZE - 1;

    private final Region region;
    private final int unindexedShift;

    Roots(boolean isWide, int maxTables) {
        region = new Region((long) maxTables * RECORD_BYTES);
        unindexedShift = isWide ? WIDE_SHIFT : NARROW_SHIFT;
        for (int table = 0; table < maxTables; table++) {
            useOwnEntry(table, 0);
        }
    }

    long base() {
        return region.address();
    }

    long bytes() {
        return region.bytes();
    }

    void close() {
        region.close();
    }

    /** How far to shift an address right, from the first long of a table's record. */
    static int shift(long root) {
        return (int) (root >>> SHIFT_POSITION);
    }

    /** Where a table's array stands, from the first long of its record. */
    static long array(long root) {
        return root & ADDRESS_MASK;
    }

    /** The array a table uses, as {@link Nodes} numbers it, or 0 when it uses its own entry. */
    int arrayOf(int table) {
        return OffHeap.getInt(record(table) + ARRAY);
    }

    /** The table's array if it has one, else its own entry: what is to be freed with it. */
    int topOf(int table) {
        int array = arrayOf(table);
        return array != 0 ? array : OffHeap.getInt(ownEntry(table));
    }

    /** Where a table's own entry stands. */
    long ownEntry(int table) {
        return record(table) + ENTRY;
    }

    /** Publishes a table whose lookups begin at one entry. */
    void useOwnEntry(int table, int entry) {
        OffHeap.putIntRelease(ownEntry(table), entry); // partner: the loads of the lookups
        publish(table, ownEntry(table), 0, 0);
    }

    /** Publishes a table whose lookups begin at an array that the first {@code bits} index. */
    void useArray(int table, int array, long address, int bits) {
        publish(table, address, bits, array);
    }

    private void publish(int table, long address, int bits, int array) {
        long shift = (long) (unindexedShift - bits) << SHIFT_POSITION;
        OffHeap.putInt(record(table) + ARRAY, array);
        OffHeap.putLongRelease(record(table), shift | address); // partner: the loads of the lookups
    }

    private long record(int table) {
        return region.address() + (long) table * RECORD_BYTES;
    }
}
