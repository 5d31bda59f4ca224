package io.vireo.dataplane.path;

/** The emulated wires of tunnels that frames go by, each a list of interfaces in their order. Single owner: that of the frames. */
public final class TunnelWires {
    /** As many as tunnels may be within each other. */
    public static final int MAX_WIRES = 4;

    private static final int NONE = 0;

    /** From {@code frame * MAX_WIRES} on: one more than each interface, and {@link #NONE} where there are fewer. */
    private final int[] lists;

    /** @param capacity frames. */
    public TunnelWires(int capacity) {
        lists = new int[capacity * MAX_WIRES];
    }

    /** Gives a frame a list of one, whatever it had. */
    public void begin(int frame, int interfaceId) {
        int first = frame * MAX_WIRES;
        lists[first] = interfaceId + 1;
        for (int n = 1; n < MAX_WIRES; n++) {
            lists[first + n] = NONE;
        }
    }

    /** Puts one more at the end of a frame's list, which has fewer than {@link #MAX_WIRES}. */
    public void add(int frame, int interfaceId) {
        int at = frame * MAX_WIRES;
        while (lists[at] != NONE) {
            at++;
        }
        lists[at] = interfaceId + 1;
    }

    /** The first of a frame's list, which is not empty. */
    public int first(int frame) {
        return lists[frame * MAX_WIRES] - 1;
    }

    /** Takes the first off a frame's list; returns whether that was the last. */
    public boolean removeFirst(int frame) {
        int first = frame * MAX_WIRES;
        System.arraycopy(lists, first + 1, lists, first, MAX_WIRES - 1);
        lists[first + MAX_WIRES - 1] = NONE;
        return lists[first] == NONE;
    }

    /** Gives a frame the list of another. */
    public void copy(int frame, TunnelWires from, int other) {
        System.arraycopy(from.lists, other * MAX_WIRES, lists, frame * MAX_WIRES, MAX_WIRES);
    }
}
