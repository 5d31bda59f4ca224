package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.membership.policy.MemberCompiler.Ranked;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The decision tree of tuples that differ by protocol and ports only. Where tuples overlap, both sides of a split have them, so the lists
 * together may become {@value #MAX_GROWTH} times as long as they were, and no longer; what cannot be split within that stays a list.
 * Whatever stands behind a tuple that matches everything in its part of the space is left out.
 */
final class MemberTree {
    private static final int LIST_RULES = 8;
    private static final int MAX_GROWTH = 8;
    private static final int FIELDS = 3;
    private static final int MAX_PORT = 0xffff;
    private static final int MAX_PROTOCOL = 0xff;
    private static final PortRange ALL_PORTS = new PortRange(0, MAX_PORT);

    /** Of packets that show no ports. */
    private static final int NO_PORT = -1;

    /** Appends a word of the image; returns its offset. */
    interface Appender {
        int append(long word);
    }

    /** Overwrites one. */
    interface Setter {
        void set(int offset, long word);
    }

    private final Appender image;
    private final Setter setter;

    MemberTree(Appender image, Setter setter) {
        this.image = image;
        this.setter = setter;
    }

    /** A part of the space: by field the first and the last value. Source and destination port are both shown, or both not. */
    private static final class Part {
        private final int[] first;
        private final int[] last;

        Part(int[] first, int[] last) {
            this.first = first;
            this.last = last;
        }

        static Part all() {
            return new Part(new int[] {0, NO_PORT, NO_PORT}, new int[] {MAX_PROTOCOL, MAX_PORT, MAX_PORT});
        }

        Part atMost(int field, int bound) {
            int[] ends = last.clone();
            ends[field] = bound;
            if (field != CompiledMembers.PROTOCOL && bound == NO_PORT) {
                ends[CompiledMembers.SOURCE_PORT] = NO_PORT;
                ends[CompiledMembers.DESTINATION_PORT] = NO_PORT;
            }
            return new Part(first, ends);
        }

        Part above(int field, int bound) {
            int[] starts = first.clone();
            starts[field] = bound + 1;
            if (field != CompiledMembers.PROTOCOL) {
                starts[CompiledMembers.SOURCE_PORT] = Math.max(0, starts[CompiledMembers.SOURCE_PORT]);
                starts[CompiledMembers.DESTINATION_PORT] = Math.max(0, starts[CompiledMembers.DESTINATION_PORT]);
            }
            return new Part(starts, last);
        }
    }

    /** A way to split, and how many rules each side has then. */
    private record Split(int field, int bound, int atMost, int above) {
        int larger() {
            return Math.max(atMost, above);
        }
    }

    /** Appends the tree; returns its offset. */
    int build(List<Ranked> rules) {
        return build(rules, Part.all(), MAX_GROWTH * rules.size());
    }

    private int build(List<Ranked> before, Part part, int maxRules) {
        List<Ranked> rules = within(before, part);
        Split split = rules.size() <= LIST_RULES ? null : best(rules, part);
        if (split == null || split.atMost + split.above > maxRules) {
            return list(rules);
        }
        int node = image.append(0);
        int share = (int) ((long) maxRules * split.atMost / (split.atMost + split.above));
        int atMost = build(rules, part.atMost(split.field, split.bound), share);
        int above = build(rules, part.above(split.field, split.bound), maxRules - share);
        setter.set(node, word(split, atMost, above));
        return node;
    }

    private static long word(Split split, int atMost, int above) {
        return Long.MIN_VALUE
                | (long) split.field << CompiledMembers.FIELD_SHIFT
                | (long) (split.bound + 1) << CompiledMembers.BOUND_SHIFT
                | (long) atMost << CompiledMembers.AT_MOST_SHIFT
                | above;
    }

    /** The rules that some packet of the part matches, up to the first that all do. */
    private static List<Ranked> within(List<Ranked> rules, Part part) {
        List<Ranked> found = new ArrayList<>();
        for (Ranked rule : rules) {
            if (overlaps(rule.tuple(), part)) {
                found.add(rule);
                if (covers(rule.tuple(), part)) {
                    break;
                }
            }
        }
        return found;
    }

    private static boolean overlaps(MemberTuple tuple, Part part) {
        return IntStream.range(0, FIELDS)
                .allMatch(field -> matchesNoPort(part.first[field])
                        || (first(tuple, field) <= part.last[field] && last(tuple, field) >= part.first[field]));
    }

    private static boolean covers(MemberTuple tuple, Part part) {
        return IntStream.range(0, FIELDS)
                .allMatch(field -> part.last[field] == NO_PORT
                        || (first(tuple, field) <= Math.max(0, part.first[field])
                                && last(tuple, field) >= part.last[field]));
    }

    /** A packet without ports may match any: it is undecided. */
    private static boolean matchesNoPort(int value) {
        return value == NO_PORT;
    }

    private static @Nullable Split best(List<Ranked> rules, Part part) {
        boolean isMixed =
                part.first[CompiledMembers.SOURCE_PORT] == NO_PORT && part.last[CompiledMembers.SOURCE_PORT] != NO_PORT;
        if (isMixed && rules.stream().anyMatch(rule -> rule.tuple().hasPorts())) {
            return split(rules, part, CompiledMembers.SOURCE_PORT, NO_PORT);
        }
        Split best = null;
        for (int field = 0; field < FIELDS; field++) {
            Split split = split(rules, part, field, median(rules, part, field));
            boolean isBetter = best == null || split.larger() < best.larger();
            best = isBetter ? split : best;
        }
        return best == null || best.larger() >= rules.size() ? null : best;
    }

    /** A bound within the part on both sides of which about as many rules end or begin; the part's last value if there is none. */
    private static int median(List<Ranked> rules, Part part, int field) {
        int[] bounds = rules.stream()
                .flatMapToInt(rule -> IntStream.of(first(rule.tuple(), field) - 1, last(rule.tuple(), field)))
                .filter(bound -> bound >= part.first[field] && bound < part.last[field] && bound >= 0)
                .sorted()
                .toArray();
        return bounds.length == 0 ? part.last[field] : bounds[bounds.length / 2];
    }

    private static Split split(List<Ranked> rules, Part part, int field, int bound) {
        if (bound == part.last[field]) {
            return new Split(field, bound, rules.size(), 0);
        }
        Part atMost = part.atMost(field, bound);
        Part above = part.above(field, bound);
        return new Split(field, bound, count(rules, atMost), count(rules, above));
    }

    private static int count(List<Ranked> rules, Part part) {
        return within(rules, part).size();
    }

    private int list(List<Ranked> rules) {
        int list = image.append(rules.size());
        for (Ranked rule : rules) {
            MemberTuple tuple = rule.tuple();
            long protocols = first(tuple, CompiledMembers.PROTOCOL)
                    | last(tuple, CompiledMembers.PROTOCOL) << Byte.SIZE
                    | (tuple.hasPorts() ? 1 << CompiledMembers.HAS_PORTS_BIT : 0);
            image.append(protocols | ports(tuple.sourcePorts()) << CompiledMembers.SOURCE_PORTS_SHIFT);
            image.append((long) rule.ordinal() << Integer.SIZE | ports(tuple.destinationPorts()));
        }
        return list;
    }

    private static long ports(@Nullable PortRange range) {
        PortRange all = range == null ? ALL_PORTS : range;
        return (long) all.last() << Short.SIZE | all.first();
    }

    private static int first(MemberTuple tuple, int field) {
        return switch (field) {
            case CompiledMembers.PROTOCOL -> Math.max(0, tuple.protocol());
            case CompiledMembers.SOURCE_PORT -> first(tuple.sourcePorts());
            default -> first(tuple.destinationPorts());
        };
    }

    private static int last(MemberTuple tuple, int field) {
        return switch (field) {
            case CompiledMembers.PROTOCOL -> tuple.protocol() == MemberTuple.ANY ? MAX_PROTOCOL : tuple.protocol();
            case CompiledMembers.SOURCE_PORT -> last(tuple.sourcePorts());
            default -> last(tuple.destinationPorts());
        };
    }

    private static int first(@Nullable PortRange range) {
        return range == null ? 0 : range.first();
    }

    private static int last(@Nullable PortRange range) {
        return range == null ? MAX_PORT : range.last();
    }
}
