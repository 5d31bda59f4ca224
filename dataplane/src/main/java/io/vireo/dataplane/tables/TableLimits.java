package io.vireo.dataplane.tables;

/**
 * How much a {@link Fib} may hold. All of it is reserved as address space at construction; memory is taken as it is
 * used.
 */
public final class TableLimits {
    private static final int MAX_TABLES = 1 << 20;
    private static final int MAX_ROUTES = 1 << 27;
    private static final int MAX_LARGE_TABLES = 1 << 12;
    private static final long MIN_LOOKUP_BYTES = 1L << 20;

    private int maxTables = 16_384;
    private int maxRoutes = 4_000_000;
    private long maxLookupBytes = 192L << 20;
    private int maxLargeTables = 64;

    public int maxTables() {
        return maxTables;
    }

    /** Tables, 1 to 2^20. Default 16,384. */
    public TableLimits maxTables(int tables) {
        maxTables = (int) checked("maxTables", tables, 1, MAX_TABLES);
        return this;
    }

    public int maxRoutes() {
        return maxRoutes;
    }

    /** Routes in all tables together, 1 to 2^27; 32 bytes each for IPv4, 64 for IPv6. Default 4,000,000. */
    public TableLimits maxRoutes(int routes) {
        maxRoutes = (int) checked("maxRoutes", routes, 1, MAX_ROUTES);
        return this;
    }

    public long maxLookupBytes() {
        return maxLookupBytes;
    }

    /** Lookup nodes of all tables together, without direct arrays, 1 to 256 MiB in bytes. Default 192 MiB. */
    public TableLimits maxLookupBytes(long bytes) {
        maxLookupBytes = checked("maxLookupBytes", bytes, MIN_LOOKUP_BYTES, Nodes.MAX_BYTES);
        return this;
    }

    public int maxLargeTables() {
        return maxLargeTables;
    }

    /**
     * Tables that may have a direct array of 1 MiB, 0 to 4096; those beyond are slower. An eighth of them may have few routes.
     * Default 64.
     */
    public TableLimits maxLargeTables(int tables) {
        maxLargeTables = (int) checked("maxLargeTables", tables, 0, MAX_LARGE_TABLES);
        return this;
    }

    private static long checked(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
        return value;
    }
}
