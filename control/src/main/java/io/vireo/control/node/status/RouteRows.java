package io.vireo.control.node.status;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiFunction;

/**
 * Collects the routes of a dump that are asked for, and nothing else: no text is made before a row is read, equal routes are kept
 * once, and of a limited query no more than the limit. A million routes take some 45 MB. One thread at a time.
 */
final class RouteRows {
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::family)
            .thenComparing(Row::high, Long::compareUnsigned)
            .thenComparing(Row::low, Long::compareUnsigned)
            .thenComparingInt(Row::prefixLength);

    private final TableQuery query;
    private final Map<ForwardingRoute, ForwardingRoute> routes = new HashMap<>();
    private final List<Row> all = new ArrayList<>();
    private final PriorityQueue<Row> first = new PriorityQueue<>(ORDER.reversed());
    private long count;

    /** 40 bytes; an {@link IpPrefix} in place of the numbers would be twice as much. */
    private record Row(AddressFamily family, long high, long low, int prefixLength, ForwardingRoute route) {
        private IpPrefix prefix() {
            return new IpPrefix(new IpAddress(family, high, low), prefixLength);
        }
    }

    RouteRows(TableQuery query) {
        this.query = query;
    }

    void add(IpPrefix prefix, ForwardingRoute route) {
        if (!query.includes(prefix)) {
            return;
        }
        IpAddress network = prefix.network();
        Row row = new Row(
                network.family(),
                network.high(),
                network.low(),
                prefix.prefixLength(),
                routes.computeIfAbsent(route, r -> r));
        if (query.matching() != null) {
            keepLongest(row);
        } else if (query.limit() > Integer.MAX_VALUE) {
            all.add(row);
        } else {
            keepFirst(row);
        }
        count++;
    }

    /** What was collected, in the order of prefixes; each row is made by {@code maker} when it is read. */
    <T> TablePart<T> part(BiFunction<IpPrefix, ForwardingRoute, T> maker) {
        all.addAll(first);
        all.sort(ORDER);
        long known = query.matching() == null ? count : all.size();
        return new TablePart<>(() -> made(all.iterator(), maker), known, () -> {});
    }

    private void keepLongest(Row row) {
        if (all.isEmpty()) {
            all.add(row);
        } else if (all.getFirst().prefixLength() < row.prefixLength()) {
            all.set(0, row);
        }
    }

    private void keepFirst(Row row) {
        if (first.size() < query.limit()) {
            first.add(row);
        } else if (ORDER.compare(row, first.element()) < 0) {
            first.remove();
            first.add(row);
        }
    }

    private static <T> Iterator<T> made(Iterator<Row> rows, BiFunction<IpPrefix, ForwardingRoute, T> maker) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                Row row = rows.next();
                return maker.apply(row.prefix(), row.route());
            }
        };
    }
}
