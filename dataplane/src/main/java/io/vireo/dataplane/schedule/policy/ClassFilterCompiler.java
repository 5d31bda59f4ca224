package io.vireo.dataplane.schedule.policy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the rules of a VPN, first match first, into the image that {@link CompiledFilter} describes. Allocates; not
 * for workers.
 */
public final class ClassFilterCompiler {
    /** More rules than this for one VPN are a mistake. */
    public static final int MAX_RULES = 1_024;

    private static final int DSCP_VALUES = 64;
    private static final int PROTOCOL_VALUES = 256;

    private final List<ClassFilterRule> rules;
    private final int setWords;
    private long[] image = new long[1_024];
    private int end = CompiledFilter.HEADER_WORDS;

    private ClassFilterCompiler(List<ClassFilterRule> rules) {
        this.rules = rules;
        this.setWords = Math.max(1, (rules.size() + Long.SIZE - 1) / Long.SIZE);
    }

    /**
     * The image of the rules.
     *
     * @param defaultClassId the class of what no rule matches
     * @throws IllegalArgumentException if there are more than {@value #MAX_RULES} rules or the class is negative
     */
    public static long[] compile(List<ClassFilterRule> rules, int defaultClassId) {
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException(rules.size() + " rules, at most " + MAX_RULES + " are possible");
        }
        if (defaultClassId < 0) {
            throw new IllegalArgumentException("default class " + defaultClassId + " is negative");
        }
        return new ClassFilterCompiler(rules).compile(defaultClassId);
    }

    private long[] compile(int defaultClassId) {
        set(CompiledFilter.RULES, rules.size());
        set(CompiledFilter.SET_WORDS, setWords);
        set(CompiledFilter.DEFAULT_CLASS, defaultClassId);
        indexed(CompiledFilter.DSCP, DSCP_VALUES, value -> rule -> matches(rule.dscp(), value));
        indexed(CompiledFilter.PROTOCOL, PROTOCOL_VALUES, value -> rule -> matches(rule.protocol(), value));
        ports(CompiledFilter.SOURCE_PORT, ClassFilterRule::sourcePorts);
        ports(CompiledFilter.DESTINATION_PORT, ClassFilterRule::destinationPorts);
        ipv4(CompiledFilter.SOURCE_IPV4, ClassFilterRule::source);
        ipv4(CompiledFilter.DESTINATION_IPV4, ClassFilterRule::destination);
        ipv6(CompiledFilter.SOURCE_IPV6, ClassFilterRule::source);
        ipv6(CompiledFilter.DESTINATION_IPV6, ClassFilterRule::destination);
        begin(CompiledFilter.CLASSES);
        rules.forEach(rule -> append(rule.classId()));
        set(CompiledFilter.WORDS, end);
        return Arrays.copyOf(image, end);
    }

    private static boolean matches(int wanted, int value) {
        return wanted == ClassFilterRule.ANY || wanted == value;
    }

    private void indexed(int field, int values, IntFunction<Predicate<ClassFilterRule>> test) {
        begin(field);
        IntStream.range(0, values).forEach(value -> appendSet(test.apply(value)));
    }

    /** Some field of a rule that may be missing. */
    private interface Part<T> {
        @Nullable
        T of(ClassFilterRule rule);
    }

    private void ports(int field, Part<PortRange> part) {
        LongStream bounds = rules.stream()
                .map(part::of)
                .flatMapToLong(
                        range -> range == null ? LongStream.empty() : LongStream.of(range.first(), range.last() + 1L));
        intervals(field, FilterKey.NO_PORT, LongStream.concat(LongStream.of(0), bounds), start -> rule -> {
            PortRange range = part.of(rule);
            return range == null || (range.first() <= start && start <= range.last());
        });
    }

    private void ipv4(int field, Part<FilterPrefix> part) {
        LongStream bounds = prefixes(part, true).flatMapToLong(p -> LongStream.of(p.low(), p.lastLow() + 1));
        intervals(field, 0, bounds, start -> rule -> {
            FilterPrefix prefix = part.of(rule);
            return prefix == null || (prefix.isIpv4() && prefix.low() <= start && start <= prefix.lastLow());
        });
    }

    private void intervals(int field, long min, LongStream bounds, LongFunctionOfRules test) {
        TreeSet<Long> starts = new TreeSet<>();
        starts.add(min);
        bounds.forEach(starts::add);
        begin(field);
        append(starts.size());
        starts.forEach(this::append);
        starts.forEach(start -> appendSet(test.of(start)));
    }

    /** Which rules match at a start. */
    private interface LongFunctionOfRules {
        Predicate<ClassFilterRule> of(long start);
    }

    private void ipv6(int field, Part<FilterPrefix> part) {
        TreeSet<Address> starts = new TreeSet<>();
        starts.add(new Address(0, 0));
        prefixes(part, false).forEach(prefix -> {
            starts.add(new Address(prefix.high(), prefix.low()));
            Address after = new Address(prefix.lastHigh(), prefix.lastLow()).next();
            starts.add(after); // the address after the last of all is the first, which is there already
        });
        begin(field);
        append(starts.size());
        starts.forEach(start -> {
            append(start.high);
            append(start.low);
        });
        starts.forEach(start -> appendSet(rule -> start.isIn(part.of(rule))));
    }

    private Stream<FilterPrefix> prefixes(Part<FilterPrefix> part, boolean isIpv4) {
        return rules.stream()
                .<FilterPrefix>mapMulti((rule, found) -> {
                    FilterPrefix prefix = part.of(rule);
                    if (prefix != null) {
                        found.accept(prefix);
                    }
                })
                .filter(prefix -> prefix.isIpv4() == isIpv4);
    }

    /** An IPv6 address, in the order of unsigned numbers. */
    private record Address(long high, long low) implements Comparable<Address> {
        Address next() {
            return new Address(low == -1 ? high + 1 : high, low + 1);
        }

        boolean isIn(@Nullable FilterPrefix prefix) {
            return prefix == null
                    || (!prefix.isIpv4()
                            && CompiledFilter.isAtMost(prefix.high(), prefix.low(), high, low)
                            && CompiledFilter.isAtMost(high, low, prefix.lastHigh(), prefix.lastLow()));
        }

        @Override
        public int compareTo(Address other) {
            int order = Long.compareUnsigned(high, other.high);
            return order != 0 ? order : Long.compareUnsigned(low, other.low);
        }
    }

    private void begin(int field) {
        set(field, end);
    }

    private void set(int index, long value) {
        image[index] = value;
    }

    private void append(long word) {
        if (end == image.length) {
            image = Arrays.copyOf(image, 2 * end);
        }
        image[end++] = word;
    }

    private void appendSet(Predicate<ClassFilterRule> test) {
        BitSet set = new BitSet();
        for (int rule = 0; rule < rules.size(); rule++) {
            set.set(rule, test.test(rules.get(rule)));
        }
        long[] words = Arrays.copyOf(set.toLongArray(), setWords);
        for (long word : words) {
            append(word);
        }
    }
}
