package io.vireo.dataplane.schedule.policy;

/**
 * Looks a packet up in a filter that {@link ClassFilterCompiler} has compiled into a flat image.
 *
 * <p>Each field of the packet finds, by index or binary search, the bit set of the rules that it matches; the first bit
 * of the intersection is the first rule that matches in all (the bit-vector scheme of Lakshman and Stiliadis, SIGCOMM
 * 1998). The cost grows with the logarithm of the number of distinct ports and prefixes, and by a 64th of the number of
 * rules. Images stand in any array at any place, so a data plane can keep all VPNs' filters in one that was allocated
 * at start.
 *
 * <pre>
 *  image, in words; offsets are from its beginning
 *  0 words in all   1 rules   2 words W of a bit set   3 default class
 *  4 DSCP   5 protocol   6 source ports   7 destination ports
 *  8 source IPv4   9 destination IPv4   10 source IPv6   11 destination IPv6: offsets of the tables below
 *  12 classes: offset of the rules' classes, one per word
 *  table by index (4, 5):   W words for each value
 *  table of ports (6, 7):   n, n starts (the first is -1 for "no port"), then W words for each start
 *  table of prefixes:       n, n starts (IPv4 one word, IPv6 two), then W words for each start
 * </pre>
 *
 * <p>Static, allocation-free, any thread as long as nobody writes the image.
 */
public final class CompiledFilter {
    static final int WORDS = 0;
    static final int RULES = 1;
    static final int SET_WORDS = 2;
    static final int DEFAULT_CLASS = 3;
    static final int DSCP = 4;
    static final int PROTOCOL = 5;
    static final int SOURCE_PORT = 6;
    static final int DESTINATION_PORT = 7;
    static final int SOURCE_IPV4 = 8;
    static final int DESTINATION_IPV4 = 9;
    static final int SOURCE_IPV6 = 10;
    static final int DESTINATION_IPV6 = 11;
    static final int CLASSES = 12;
    static final int HEADER_WORDS = 13;

    private CompiledFilter() {}

    /** How many words the image at this place has. */
    public static int words(long[] memory, int at) {
        return (int) memory[at + WORDS];
    }

    /** The class of the first rule that matches, or the default class. */
    public static int classOf(long[] memory, int at, FilterKey key) {
        int setWords = (int) memory[at + SET_WORDS];
        int dscp = indexed(memory, at, DSCP, key.dscp);
        int protocol = indexed(memory, at, PROTOCOL, key.protocol);
        int sourcePort = interval(memory, at, SOURCE_PORT, key.sourcePort);
        int destinationPort = interval(memory, at, DESTINATION_PORT, key.destinationPort);
        int source = source(memory, at, key);
        int destination = destination(memory, at, key);
        for (int word = 0; word < setWords; word++) {
            long rules = memory[dscp + word]
                    & memory[protocol + word]
                    & memory[sourcePort + word]
                    & memory[destinationPort + word]
                    & memory[source + word]
                    & memory[destination + word];
            if (rules != 0) {
                int rule = word * Long.SIZE + Long.numberOfTrailingZeros(rules);
                return (int) memory[at + (int) memory[at + CLASSES] + rule];
            }
        }
        return (int) memory[at + DEFAULT_CLASS];
    }

    private static int source(long[] memory, int at, FilterKey key) {
        return key.isIpv4
                ? interval(memory, at, SOURCE_IPV4, key.sourceLow)
                : wideInterval(memory, at, SOURCE_IPV6, key.sourceHigh, key.sourceLow);
    }

    private static int destination(long[] memory, int at, FilterKey key) {
        return key.isIpv4
                ? interval(memory, at, DESTINATION_IPV4, key.destinationLow)
                : wideInterval(memory, at, DESTINATION_IPV6, key.destinationHigh, key.destinationLow);
    }

    private static int indexed(long[] memory, int at, int field, int value) {
        return at + (int) memory[at + field] + value * (int) memory[at + SET_WORDS];
    }

    /** Where the bit set of the last start not above the value stands. */
    private static int interval(long[] memory, int at, int field, long value) {
        int table = at + (int) memory[at + field];
        int count = (int) memory[table];
        int low = 0;
        int span = count;
        while (span > 1) {
            int half = span >>> 1;
            low += memory[table + 1 + low + half] <= value ? half : 0;
            span -= half;
        }
        return table + 1 + count + low * (int) memory[at + SET_WORDS];
    }

    private static int wideInterval(long[] memory, int at, int field, long high, long low) {
        int table = at + (int) memory[at + field];
        int count = (int) memory[table];
        int found = 0;
        int span = count;
        while (span > 1) {
            int half = span >>> 1;
            int start = table + 1 + 2 * (found + half);
            found += isAtMost(memory[start], memory[start + 1], high, low) ? half : 0;
            span -= half;
        }
        return table + 1 + 2 * count + found * (int) memory[at + SET_WORDS];
    }

    static boolean isAtMost(long startHigh, long startLow, long high, long low) {
        int order = Long.compareUnsigned(startHigh, high);
        return order < 0 || (order == 0 && Long.compareUnsigned(startLow, low) <= 0);
    }
}
