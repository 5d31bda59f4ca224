package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.schedule.policy.FilterPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Makes the image of a list of members that {@link CompiledMembers} describes. Allocates; not for workers. One use. */
final class MemberCompiler {
    private static final FilterPrefix ANY_IPV4 = new FilterPrefix(true, 0, 0, 0);
    private static final FilterPrefix ANY_IPV6 = new FilterPrefix(false, 0, 0, 0);

    private final MemberList list;
    private long[] image = new long[1_024];
    private int end = CompiledMembers.HEADER_WORDS;

    MemberCompiler(MemberList list) {
        this.list = list;
    }

    /** A tuple by its place in the list. */
    record Ranked(int ordinal, MemberTuple tuple) {}

    long[] compile() {
        List<MemberTuple> tuples = list.tuples();
        image[CompiledMembers.TUPLES] = tuples.size();
        image[CompiledMembers.OTHERWISE] = ((long) list.otherwiseVpnId() << Integer.SIZE)
                | list.otherwise().code();
        image[CompiledMembers.VPN_IDS] = end;
        tuples.forEach(tuple -> append(tuple.vpnId()));
        image[CompiledMembers.ALLOWED] = list.allowedVpnIds().size();
        image[CompiledMembers.ALLOWED_VPN_IDS] = end;
        list.allowedVpnIds().forEach(this::append);
        set(CompiledMembers.SOURCES_IPV4, sources(true)); // which may move the image
        set(CompiledMembers.SOURCES_IPV6, sources(false));
        image[CompiledMembers.WORDS] = end;
        return Arrays.copyOf(image, end);
    }

    private int sources(boolean isIpv4) {
        List<Ranked> ranked = new ArrayList<>();
        for (int n = 0; n < list.tuples().size(); n++) {
            MemberTuple tuple = list.tuples().get(n);
            if (tuple.isOfFamily(isIpv4)) {
                ranked.add(new Ranked(n, tuple));
            }
        }
        FilterPrefix any = isIpv4 ? ANY_IPV4 : ANY_IPV6;
        return map(
                ranked, any, MemberTuple::source, ofSource -> map(ofSource, any, MemberTuple::destination, this::tree));
    }

    private int tree(List<Ranked> same) {
        return new MemberTree(this::append, this::set).build(same);
    }

    /** Appends a map by the prefixes of one side, with what is below each; returns its offset. */
    private int map(
            List<Ranked> ranked,
            FilterPrefix any,
            Function<MemberTuple, @Nullable FilterPrefix> side,
            ToIntFunction<List<Ranked>> below) {
        Map<Integer, Map<FilterPrefix, List<Ranked>>> byLength = new LinkedHashMap<>();
        for (Ranked each : ranked) {
            FilterPrefix prefix = side.apply(each.tuple());
            FilterPrefix key = prefix == null ? any : prefix;
            byLength.computeIfAbsent(key.length(), length -> new LinkedHashMap<>())
                    .computeIfAbsent(key, same -> new ArrayList<>())
                    .add(each);
        }
        int map = append(byLength.size());
        // The lengths stand in the order of their first tuples already, as LinkedHashMap has them.
        byLength.forEach((length, prefixes) -> {
            int first = prefixes.values().stream()
                    .mapToInt(same -> same.getFirst().ordinal())
                    .min()
                    .orElseThrow();
            append(((long) first << Integer.SIZE)
                    | (slotsLog2(prefixes.size()) << CompiledMembers.SLOTS_SHIFT)
                    | length);
            append(0);
        });
        int entry = map + 1;
        for (Map<FilterPrefix, List<Ranked>> prefixes : byLength.values()) {
            fill(entry, prefixes, any.isIpv4(), below);
            entry += CompiledMembers.MAP_ENTRY_WORDS;
        }
        return map;
    }

    /** At most half of the slots are taken, but for a single one. */
    private static int slotsLog2(int prefixes) {
        return prefixes == 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(2 * prefixes - 1);
    }

    private void fill(
            int entry, Map<FilterPrefix, List<Ranked>> prefixes, boolean isIpv4, ToIntFunction<List<Ranked>> below) {
        int slotWords = isIpv4 ? 1 : CompiledMembers.WIDE_SLOT_WORDS;
        long length = image[entry];
        int slots = end;
        set(entry + 1, slots);
        int count = 1 << slotsLog2(prefixes.size());
        for (int n = 0; n < count * slotWords; n++) {
            append(0);
        }
        prefixes.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        each -> each.getValue().getFirst().ordinal())) // neighbours in the list lie together
                .forEach(each -> {
                    FilterPrefix prefix = each.getKey();
                    long key = isIpv4 ? prefix.low() : CompiledMembers.mix(prefix.high(), prefix.low());
                    int slot = CompiledMembers.hash(key, length);
                    while (isTaken(slots + slot * slotWords, isIpv4)) {
                        slot = (slot + 1) & (count - 1);
                    }
                    put(slots + slot * slotWords, prefix, below.applyAsInt(each.getValue()));
                });
    }

    private boolean isTaken(int place, boolean isIpv4) {
        return image[isIpv4 ? place : place + 2] != 0;
    }

    private void put(int place, FilterPrefix prefix, long below) {
        if (prefix.isIpv4()) {
            set(place, (below << Integer.SIZE) | prefix.low());
        } else {
            set(place, prefix.high());
            set(place + 1, prefix.low());
            set(place + 2, below);
        }
    }

    private void set(int place, long word) {
        image[place] = word;
    }

    private int append(long word) {
        if (end == image.length) {
            image = Arrays.copyOf(image, 2 * end);
        }
        image[end] = word;
        return end++;
    }
}
