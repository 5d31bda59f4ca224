package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.tables.FibOracle.Prefix;

/** One table of either family, addressed alike, so that the same properties are tried on both. */
sealed interface TableUnderTest extends AutoCloseable {
    Fib fib();

    int bits();

    int table();

    RouteChange put(Prefix prefix, int value, int user);

    RouteChange remove(Prefix prefix);

    int get(Prefix prefix);

    int lookup(long hi, long lo);

    int lookupInBatch(long hi, long lo);

    @Override
    default void close() {
        fib().close();
    }

    record V4(Ipv4Fib fib, int table) implements TableUnderTest {
        @Override
        public int bits() {
            return 32;
        }

        @Override
        public RouteChange put(Prefix prefix, int value, int user) {
            return fib.put(table, upper(prefix.hi()), prefix.length(), value, user);
        }

        @Override
        public RouteChange remove(Prefix prefix) {
            return fib.remove(table, upper(prefix.hi()), prefix.length());
        }

        @Override
        public int get(Prefix prefix) {
            return fib.get(table, upper(prefix.hi()), prefix.length());
        }

        @Override
        public int lookup(long hi, long lo) {
            return fib.lookup(table, upper(hi));
        }

        @Override
        public int lookupInBatch(long hi, long lo) {
            int[] addresses = {~upper(hi), upper(hi)};
            int[] values = new int[2];
            fib.lookupBatch(new int[] {table, table}, addresses, values, 2);
            int inOneTable = values[1];
            fib.lookupBatch(new int[] {table + 1, table}, addresses, values, 2);
            assertThat(values).containsExactly(0, inOneTable);
            return inOneTable;
        }

        private static int upper(long hi) {
            return (int) (hi >>> 32);
        }
    }

    record V6(Ipv6Fib fib, int table) implements TableUnderTest {
        @Override
        public int bits() {
            return 128;
        }

        @Override
        public RouteChange put(Prefix prefix, int value, int user) {
            return fib.put(table, prefix.hi(), prefix.lo(), prefix.length(), value, user);
        }

        @Override
        public RouteChange remove(Prefix prefix) {
            return fib.remove(table, prefix.hi(), prefix.lo(), prefix.length());
        }

        @Override
        public int get(Prefix prefix) {
            return fib.get(table, prefix.hi(), prefix.lo(), prefix.length());
        }

        @Override
        public int lookup(long hi, long lo) {
            return fib.lookup(table, hi, lo);
        }

        @Override
        public int lookupInBatch(long hi, long lo) {
            long[] his = {~hi, hi};
            long[] los = {~lo, lo};
            int[] values = new int[2];
            fib.lookupBatch(new int[] {table, table}, his, los, values, 2);
            int inOneTable = values[1];
            fib.lookupBatch(new int[] {table + 1, table}, his, los, values, 2);
            assertThat(values).containsExactly(0, inOneTable);
            return inOneTable;
        }
    }
}
