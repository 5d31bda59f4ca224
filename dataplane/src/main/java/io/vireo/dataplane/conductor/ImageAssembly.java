package io.vireo.dataplane.conductor;

import io.vireo.dataplane.schedule.order.FilterMemory;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.value.FilterChunk;

/**
 * An image of an interface that comes in several messages, until it is whole: one at a time, in a block of the memory where it
 * shall stay. Single user: the conductor.
 */
final class ImageAssembly {
    /** No place. */
    static final int NONE = FilterMemory.NONE;

    private final FilterMemory memory;
    private final Refusal refusal;
    private final String noRoom;
    private int interfaceId = NONE;
    private int place = NONE;
    private int totalLongs;
    private int count;

    /** @param noRoom the end of the sentence that there is no room for so many: of what. */
    ImageAssembly(FilterMemory memory, Refusal refusal, String noRoom) {
        this.memory = memory;
        this.refusal = refusal;
        this.noRoom = noRoom;
    }

    /** Takes a part; false when refused, and then the parts before it are forgotten. */
    boolean take(int ofInterface, int total, int firstLong, FilterChunk part) {
        if (firstLong == 0 && !begin(ofInterface, total)) {
            return false;
        }
        if (ofInterface != interfaceId || total != totalLongs || firstLong != count) {
            abandon();
            return refusal.because(
                    CommandResult.INVALID, "firstLong: part at ", firstLong, " does not follow the part before");
        }
        if (total > 0) {
            part.copyTo(memory.words(), place + firstLong);
        }
        count += part.size();
        return true;
    }

    private boolean begin(int ofInterface, int total) {
        abandon();
        if (total > 0) {
            place = memory.allocate(total);
            if (place == NONE) {
                return refusal.because(CommandResult.LIMIT, "image: no room for ", total, noRoom);
            }
        }
        interfaceId = ofInterface;
        totalLongs = total;
        count = 0;
        return true;
    }

    /** Forgets what has come so far. */
    void abandon() {
        if (place != NONE) {
            memory.free(place);
        }
        place = NONE;
        interfaceId = NONE;
    }

    boolean isComplete() {
        return count == totalLongs;
    }

    /** Whose image it is, or {@link #NONE}. */
    int interfaceId() {
        return interfaceId;
    }

    int totalLongs() {
        return totalLongs;
    }

    /** Where it is, or {@link #NONE}: it is empty. */
    int place() {
        return place;
    }

    /** Its place is the caller's from now on, who frees it; {@link #NONE} if it is empty. */
    int handOver() {
        int handed = place;
        place = NONE;
        interfaceId = NONE;
        return handed;
    }
}
