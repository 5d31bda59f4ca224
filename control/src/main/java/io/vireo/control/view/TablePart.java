package io.vireo.control.view;

import java.util.List;

/**
 * The rows of a table that were asked for. Rows may be made one after the other as they are read, once, by one thread.
 *
 * @param <T>     what a row is.
 * @param rows    the rows.
 * @param count   how many there are without the limit.
 * @param release called when the rows are needed no more.
 */
public record TablePart<T>(Iterable<T> rows, long count, Runnable release) implements AutoCloseable {

    /** The first rows of a list. */
    public static <T> TablePart<T> of(List<T> rows, long limit) {
        List<T> part = limit < rows.size() ? rows.subList(0, (int) limit) : rows;
        return new TablePart<>(part, rows.size(), () -> {});
    }

    @Override
    public void close() {
        release.run();
    }
}
