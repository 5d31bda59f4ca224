package io.vireo.dataplane.membership.policy;

import org.jspecify.annotations.Nullable;

/**
 * Makes sure that an image from elsewhere can be looked up in without harm: whatever it says, {@link CompiledMembers} will then
 * stay within it and end. Whether it says what was meant is not for here. Allocation-free; not thread-safe.
 */
public final class MemberImageCheck {
    private static final int MAX_DEPTH = 64;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int MAX_SLOTS_LOG2 = 16;

    private long[] memory = {};
    private int at;
    private int words;
    private int tuples;

    /** Parts that may still be looked at: a sound image has none that two others lead to. */
    private int left;

    /** What is wrong with the image of so many words at this place, or null. */
    public @Nullable String defectOf(long[] image, int place, int length) {
        memory = image;
        at = place;
        words = length;
        if (words < CompiledMembers.HEADER_WORDS || memory[at + CompiledMembers.WORDS] != words) {
            return "its length is not what its first word says";
        }
        long count = memory[at + CompiledMembers.TUPLES];
        long allowed = memory[at + CompiledMembers.ALLOWED];
        if (count < 0 || count > MemberList.MAX_TUPLES || allowed < 0 || allowed > MemberList.MAX_ALLOWED) {
            return "it has a number of tuples or of allowed VPN-IDs out of range";
        }
        tuples = (int) count;
        left = words;
        if (!isInside(memory[at + CompiledMembers.VPN_IDS], count)
                || !isInside(memory[at + CompiledMembers.ALLOWED_VPN_IDS], allowed)) {
            return "a list of VPN-IDs lies outside";
        }
        int otherwise = (int) memory[at + CompiledMembers.OTHERWISE];
        if (otherwise < 0 || otherwise > MemberList.Otherwise.VPN.code()) {
            return "it does not say what becomes of the rest";
        }
        boolean isSound = isMap(
                        memory[at + CompiledMembers.SOURCES_IPV4], CompiledMembers.HEADER_WORDS, IPV4_BITS, true)
                && isMap(memory[at + CompiledMembers.SOURCES_IPV6], CompiledMembers.HEADER_WORDS, IPV6_BITS, true);
        return isSound ? null : "a map, tree or list of it is malformed or lies outside";
    }

    private boolean isInside(long offset, long length) {
        return offset >= CompiledMembers.HEADER_WORDS && offset <= words && length <= words - offset;
    }

    /** @param above where it must lie behind. */
    private boolean isMap(long map, int above, int bits, boolean isOfSources) {
        if (map < above || !isInside(map, 1) || --left < 0) {
            return false;
        }
        long count = memory[at + (int) map];
        if (count < 0 || count > bits + 1 || !isInside(map + 1, count * CompiledMembers.MAP_ENTRY_WORDS)) {
            return false;
        }
        for (int n = 0; n < count; n++) {
            if (!isEntry((int) map, (int) map + 1 + n * CompiledMembers.MAP_ENTRY_WORDS, bits, isOfSources)) {
                return false;
            }
        }
        return true;
    }

    private boolean isEntry(int map, int entry, int bits, boolean isOfSources) {
        int length = (int) memory[at + entry] & 0xff;
        int slotsLog2 = ((int) memory[at + entry] >>> CompiledMembers.SLOTS_SHIFT) & 0xff;
        long slots = memory[at + entry + 1];
        int slotWords = bits == IPV4_BITS ? 1 : CompiledMembers.WIDE_SLOT_WORDS;
        if (length > bits || slotsLog2 > MAX_SLOTS_LOG2 || !isInside(slots, (long) slotWords << slotsLog2)) {
            return false;
        }
        for (int n = 0; n < 1 << slotsLog2; n++) {
            int place = at + (int) slots + n * slotWords;
            int below = bits == IPV4_BITS ? (int) (memory[place] >>> Integer.SIZE) : (int) memory[place + 2];
            boolean isFree = bits == IPV4_BITS ? memory[place] == 0 : below == 0;
            if (!isFree && !(isOfSources ? isMap(below, map + 1, bits, false) : isTree(below, map + 1, 0))) {
                return false;
            }
        }
        left -= 1 << slotsLog2;
        return left >= 0;
    }

    private boolean isTree(int tree, int above, int depth) {
        if (tree < above || depth > MAX_DEPTH || !isInside(tree, 1) || --left < 0) {
            return false;
        }
        long word = memory[at + tree];
        if (word >= 0) {
            return isList(tree, word);
        }
        int atMost = (int) (word >>> CompiledMembers.AT_MOST_SHIFT) & CompiledMembers.OFFSET_MASK;
        int higher = (int) word & CompiledMembers.OFFSET_MASK;
        return isTree(atMost, tree + 1, depth + 1) && isTree(higher, tree + 1, depth + 1);
    }

    private boolean isList(int list, long count) {
        if (count > tuples || !isInside(list + 1L, count * CompiledMembers.RULE_WORDS)) {
            return false;
        }
        for (int n = 0; n < count; n++) {
            long second = memory[at + list + 2 + n * CompiledMembers.RULE_WORDS];
            if (second >>> Integer.SIZE >= tuples) {
                return false;
            }
        }
        left -= (int) count;
        return left >= 0;
    }
}
