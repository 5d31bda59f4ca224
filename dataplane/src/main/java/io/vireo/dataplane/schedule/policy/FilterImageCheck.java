package io.vireo.dataplane.schedule.policy;

import static io.vireo.dataplane.schedule.policy.CompiledFilter.CLASSES;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.DEFAULT_CLASS;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.DESTINATION_IPV4;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.DESTINATION_IPV6;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.DESTINATION_PORT;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.DSCP;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.HEADER_WORDS;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.PROTOCOL;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.RULES;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.SET_WORDS;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.SOURCE_IPV4;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.SOURCE_IPV6;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.SOURCE_PORT;
import static io.vireo.dataplane.schedule.policy.CompiledFilter.WORDS;

import org.jspecify.annotations.Nullable;

/**
 * Makes sure that an image from elsewhere can be looked up in without harm: whatever it says, {@link CompiledFilter} will
 * then stay within it and end. Whether it says what was meant is not for here. Static, allocation-free.
 */
public final class FilterImageCheck {
    private static final int DSCP_VALUES = 64;
    private static final int PROTOCOL_VALUES = 256;

    private FilterImageCheck() {}

    /** What is wrong with the image of so many words at this place, or null. */
    public static @Nullable String defectOf(long[] memory, int at, int words) {
        if (words < HEADER_WORDS || memory[at + WORDS] != words) {
            return "its length is not what its first word says";
        }
        long rules = memory[at + RULES];
        if (rules < 0 || rules > ClassFilterCompiler.MAX_RULES) {
            return "it has a number of rules out of range";
        }
        if (memory[at + SET_WORDS] != Math.max(1, (rules + Long.SIZE - 1) / Long.SIZE)) {
            return "the length of its bit sets does not fit its rules";
        }
        if (!areTablesInside(memory, at, words)) {
            return "a table of it lies outside";
        }
        return hasStrayBits(memory, at) ? "a bit of a set stands for no rule" : null;
    }

    /** The class of a rule of a sound image. */
    public static long classOfRule(long[] memory, int at, int rule) {
        return memory[at + (int) memory[at + CLASSES] + rule];
    }

    /** How many rules a sound image has. */
    public static int rules(long[] memory, int at) {
        return (int) memory[at + RULES];
    }

    /** The class of what no rule of a sound image matches. */
    public static long defaultClass(long[] memory, int at) {
        return memory[at + DEFAULT_CLASS];
    }

    private static boolean areTablesInside(long[] memory, int at, int words) {
        long setWords = memory[at + SET_WORDS];
        return isInside(memory[at + DSCP], DSCP_VALUES * setWords, words)
                && isInside(memory[at + PROTOCOL], PROTOCOL_VALUES * setWords, words)
                && isInside(memory[at + CLASSES], memory[at + RULES], words)
                && isSearchable(memory, at, words, SOURCE_PORT, 1)
                && isSearchable(memory, at, words, DESTINATION_PORT, 1)
                && isSearchable(memory, at, words, SOURCE_IPV4, 1)
                && isSearchable(memory, at, words, DESTINATION_IPV4, 1)
                && isSearchable(memory, at, words, SOURCE_IPV6, 2)
                && isSearchable(memory, at, words, DESTINATION_IPV6, 2);
    }

    private static boolean isSearchable(long[] memory, int at, int words, int field, int startWords) {
        long table = memory[at + field];
        if (!isInside(table, 1, words)) {
            return false;
        }
        long starts = memory[at + (int) table];
        return starts >= 1
                && starts <= words
                && isInside(table, 1 + starts * (startWords + memory[at + SET_WORDS]), words);
    }

    private static boolean isInside(long offset, long length, int words) {
        return offset >= HEADER_WORDS && offset <= words && length <= words - offset;
    }

    /** The sets are intersected, so it is enough that one kind of them is clean. */
    private static boolean hasStrayBits(long[] memory, int at) {
        int setWords = (int) memory[at + SET_WORDS];
        int lastBits = rules(memory, at) - (setWords - 1) * Long.SIZE;
        long stray = lastBits == Long.SIZE ? 0 : -1L << lastBits;
        int sets = at + (int) memory[at + DSCP];
        for (int value = 0; value < DSCP_VALUES; value++) {
            if ((memory[sets + value * setWords + setWords - 1] & stray) != 0) {
                return true;
            }
        }
        return false;
    }
}
