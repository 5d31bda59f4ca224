package io.vireo.bench.tables;

/**
 * A table under test, made for one set of routes. One thread, unless a method says otherwise.
 *
 * @param <D> the kind of addresses it looks up
 */
interface TableContender<D> extends AutoCloseable {
    /** Its name in reports. */
    String name();

    /** Puts a route of the set. */
    void add(int route);

    /** Takes a route of the set away. */
    void remove(int route);

    /** Bytes it has taken for the routes that it holds. */
    long memoryBytes();

    /** Gets ready to look these addresses up. */
    LookupRun over(D destinations);

    @Override
    void close();
}
