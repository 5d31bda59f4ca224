package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.schedule.policy.FilterKey;

/**
 * Looks a packet up in a list of members that {@link MemberList#image} has compiled.
 *
 * <p>Tuples are grouped by their source prefix, and those with the same source prefix by their destination prefix: at each level there is a
 * hash table for each prefix length that occurs, the length with the first tuple first. A look-up goes on only where a
 * tuple earlier than the best one so far could still be (tuple space search, Srinivasan, Suri and Varghese, SIGCOMM 1999, with the
 * second space inside the first). Tuples with the same prefixes differ by protocol and ports; where there are many, a decision tree splits
 * them (HiCuts, Gupta and McKeown, Hot Interconnects 1999) into short lists, which are gone through in order.
 *
 * <p>So the cost grows with how many prefix <em>lengths</em> there are, not with the number of tuples: lists of members have
 * a handful.
 *
 * <pre>
 *  image, in words; offsets are from its beginning, and lead forward only
 *  0 words in all   1 tuples   2 otherwise: VPN-ID, then code of the Otherwise in the low half
 *  3 sources of IPv4   4 sources of IPv6: offsets of maps    5 VPN-IDs of the tuples: offset, one per word
 *  6 allowed VPN-IDs   7 their offset, one per word
 *
 *  map      n, then n times two words:  first tuple (32) | 0 | log2 of slots (8) | prefix length (8)      offset of the slots
 *  slot     IPv4: 0 = free, else  offset of what is below (32) | prefix (32)        IPv6: two words of the prefix, offset, 0 = free
 *  below    of a source's slot the map of destinations; of a destination's the tree
 *  tree     1 | field (2) | bound + 1 (17) | at most: offset (22) | above: offset (22)       or a list:  n, then n rules of two words
 *  rule     source ports: last (16), first (16) | has ports (1) | protocols: last (8), first (8)
 *           tuple (32) | destination ports: last (16), first (16)
 * </pre>
 *
 * <p><b>Packets without ports.</b> Of a fragment that is not the first, and of a packet that is cut off before its ports, it is not
 * known which tuple with ports they match. Such a tuple leaves it {@linkplain #UNDECIDED undecided}, if it matches in all else: else
 * a datagram's fragments would come in where its beginning does not, and could be made to (RFC 1858).
 *
 * <p>Static, allocation-free, any thread as long as nobody writes the image.
 */
public final class CompiledMembers {
    /** {@link #find}: no tuple matches. */
    public static final int NONE = -1;

    /** {@link #find}: whether the first tuple matches depends on ports, which the packet does not show. */
    public static final int UNDECIDED = -2;

    static final int WORDS = 0;
    static final int TUPLES = 1;
    static final int OTHERWISE = 2;
    static final int SOURCES_IPV4 = 3;
    static final int SOURCES_IPV6 = 4;
    static final int VPN_IDS = 5;
    static final int ALLOWED = 6;
    static final int ALLOWED_VPN_IDS = 7;
    static final int HEADER_WORDS = 8;

    static final int MAP_ENTRY_WORDS = 2;
    static final int SLOTS_SHIFT = 8;
    static final int WIDE_SLOT_WORDS = 3;

    /** A tree's node that splits, by the sign. */
    static final int FIELD_SHIFT = 61;

    static final int PROTOCOL = 0;
    static final int SOURCE_PORT = 1;
    static final int DESTINATION_PORT = 2;
    static final int BOUND_SHIFT = 44;
    static final int BOUND_MASK = 0x1_ffff;
    static final int AT_MOST_SHIFT = 22;
    static final int OFFSET_MASK = 0x3f_ffff;

    static final int RULE_WORDS = 2;
    static final int HAS_PORTS_BIT = 16;
    static final int SOURCE_PORTS_SHIFT = 17;

    private static final int UNDECIDED_BIT = 1;
    private static final int NO_RANK = Integer.MAX_VALUE;

    private static final int IPV4_BITS = 32;
    private static final long LOW_32 = 0xffff_ffffL;

    /** 2^64 divided by the golden ratio: spreads keys over the slots (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private CompiledMembers() {}

    /** Code of the {@link MemberList.Otherwise}. */
    public static int otherwise(long[] memory, int at) {
        return (int) memory[at + OTHERWISE];
    }

    /** Of the VPN to which all that no tuple matches belongs. */
    public static int otherwiseVpnId(long[] memory, int at) {
        return (int) (memory[at + OTHERWISE] >>> Integer.SIZE);
    }

    /** Of the VPN of a tuple, from 0. */
    public static int vpnId(long[] memory, int at, int tuple) {
        return (int) memory[at + (int) memory[at + VPN_IDS] + tuple];
    }

    /** Whether packets may say a VPN-ID. */
    public static boolean allows(long[] memory, int at, int vpnId) {
        int first = at + (int) memory[at + ALLOWED_VPN_IDS];
        int end = first + (int) memory[at + ALLOWED];
        for (int place = first; place < end; place++) {
            if ((int) memory[place] == vpnId) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first tuple that matches, from 0; {@link #NONE}; {@link #UNDECIDED}. Only the key's family, protocol, ports and addresses count.
     */
    public static int find(long[] memory, int at, FilterKey key) {
        int rank = key.isIpv4 ? ofIpv4(memory, at, key) : ofIpv6(memory, at, key);
        if (rank == NO_RANK) {
            return NONE;
        }
        return (rank & UNDECIDED_BIT) != 0 ? UNDECIDED : rank >>> 1;
    }

    private static int ofIpv4(long[] memory, int at, FilterKey key) {
        int map = at + (int) memory[at + SOURCES_IPV4];
        int end = map + MAP_ENTRY_WORDS * (int) memory[map];
        int best = NO_RANK;
        for (int entry = map + 1; entry < end && isBefore(memory[entry], best); entry += MAP_ENTRY_WORDS) {
            int below = slotOf(memory, at, entry, key.sourceLow);
            best = below == 0 ? best : toIpv4(memory, at, at + below, key, best);
        }
        return best;
    }

    private static int toIpv4(long[] memory, int at, int map, FilterKey key, int bestSoFar) {
        int end = map + MAP_ENTRY_WORDS * (int) memory[map];
        int best = bestSoFar;
        for (int entry = map + 1; entry < end && isBefore(memory[entry], best); entry += MAP_ENTRY_WORDS) {
            int below = slotOf(memory, at, entry, key.destinationLow);
            best = below == 0 ? best : Math.min(best, inTree(memory, at, at + below, key));
        }
        return best;
    }

    private static int ofIpv6(long[] memory, int at, FilterKey key) {
        int map = at + (int) memory[at + SOURCES_IPV6];
        int end = map + MAP_ENTRY_WORDS * (int) memory[map];
        int best = NO_RANK;
        for (int entry = map + 1; entry < end && isBefore(memory[entry], best); entry += MAP_ENTRY_WORDS) {
            int below = wideSlotOf(memory, at, entry, key.sourceHigh, key.sourceLow);
            best = below == 0 ? best : toIpv6(memory, at, at + below, key, best);
        }
        return best;
    }

    private static int toIpv6(long[] memory, int at, int map, FilterKey key, int bestSoFar) {
        int end = map + MAP_ENTRY_WORDS * (int) memory[map];
        int best = bestSoFar;
        for (int entry = map + 1; entry < end && isBefore(memory[entry], best); entry += MAP_ENTRY_WORDS) {
            int below = wideSlotOf(memory, at, entry, key.destinationHigh, key.destinationLow);
            best = below == 0 ? best : Math.min(best, inTree(memory, at, at + below, key));
        }
        return best;
    }

    /** Whether some tuple of a map's entry stands before the best one so far. */
    private static boolean isBefore(long entry, int best) {
        return ((entry >>> Integer.SIZE) << 1) < best;
    }

    /** What is below the slot of an IPv4 address, by a map's entry; 0 = it has none. */
    private static int slotOf(long[] memory, int at, int entry, long address) {
        long length = memory[entry];
        int slots = at + (int) memory[entry + 1];
        int last = lastSlot(length);
        long prefix = address & (-1L << (IPV4_BITS - (length & 0xff)));
        int slot = hash(prefix, length);
        for (int n = 0; n <= last; n++) { // bounded, whatever the image says
            long word = memory[slots + ((slot + n) & last)];
            if (word == 0) {
                return 0;
            }
            if ((word & LOW_32) == prefix) {
                return (int) (word >>> Integer.SIZE);
            }
        }
        return 0;
    }

    private static int wideSlotOf(long[] memory, int at, int entry, long high, long low) {
        long length = memory[entry];
        int bits = (int) length & 0xff;
        int slots = at + (int) memory[entry + 1];
        int last = lastSlot(length);
        long prefixHigh = high & ones(bits);
        long prefixLow = low & ones(bits - Long.SIZE);
        int slot = hash(mix(prefixHigh, prefixLow), length);
        for (int n = 0; n <= last; n++) {
            int place = slots + WIDE_SLOT_WORDS * ((slot + n) & last);
            int below = (int) memory[place + 2];
            if (below == 0 || (memory[place] == prefixHigh && memory[place + 1] == prefixLow)) {
                return below;
            }
        }
        return 0;
    }

    /** So many ones at the top of a word. */
    static long ones(int count) {
        return count <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - count);
    }

    static long mix(long high, long low) {
        return ((high * GOLDEN) ^ low) * GOLDEN + high;
    }

    private static int lastSlot(long length) {
        return (1 << (((int) length >>> SLOTS_SHIFT) & 0xff)) - 1;
    }

    /** By the low half of a map's entry: which slot of the table is a prefix's first. */
    static int hash(long prefix, long length) {
        return (int) ((prefix * GOLDEN) >>> Integer.SIZE) & lastSlot(length);
    }

    /** Rank of the first rule that matches: the tuple twice, 1 more if that depends on ports that are not known. */
    private static int inTree(long[] memory, int at, int root, FilterKey key) {
        int node = root;
        long word = memory[node];
        while (word < 0) {
            int bound = ((int) (word >>> BOUND_SHIFT) & BOUND_MASK) - 1;
            boolean isAtMost = field(key, (int) (word >>> FIELD_SHIFT) & 3) <= bound;
            node = at + ((int) (isAtMost ? word >>> AT_MOST_SHIFT : word) & OFFSET_MASK);
            word = memory[node];
        }
        int end = node + RULE_WORDS * (int) word;
        for (int rule = node + 1; rule < end; rule += RULE_WORDS) {
            if (matches(memory[rule], memory[rule + 1], key)) {
                boolean isUndecided = ((memory[rule] >>> HAS_PORTS_BIT) & 1) != 0 && key.sourcePort < 0;
                return ((int) (memory[rule + 1] >>> Integer.SIZE) << 1) | (isUndecided ? UNDECIDED_BIT : 0);
            }
        }
        return NO_RANK;
    }

    private static int field(FilterKey key, int field) {
        return switch (field) {
            case PROTOCOL -> key.protocol;
            case SOURCE_PORT -> key.sourcePort;
            default -> key.destinationPort;
        };
    }

    private static boolean matches(long first, long second, FilterKey key) {
        boolean isProtocol = key.protocol >= (first & 0xff) && key.protocol <= ((first >>> Byte.SIZE) & 0xff);
        return isProtocol
                && (key.sourcePort < 0
                        || (isWithin(key.sourcePort, first >>> SOURCE_PORTS_SHIFT)
                                && isWithin(key.destinationPort, second)));
    }

    private static boolean isWithin(int port, long range) {
        return port >= (range & 0xffff) && port <= ((range >>> Short.SIZE) & 0xffff);
    }
}
