package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * Which interface a frame of a virtual link belongs to: by its substrate link, which is port, VLAN and sender, and by the identifier
 * that it says. A hash table with chains, and another one of the senders.
 *
 * <pre>
 *   per interface, 64 bytes
 *    0  sender: the far end's MAC, as a little-endian 8-byte load of it has it, without what is behind
 *    8  receiver: the address that its frames are for, likewise
 *   16  identifier
 *   20  port &lt;&lt; 12 | VLAN
 *   24  next in its chain, + 1
 *   28  next in its chain of senders, + 1; only one interface of a sender is there
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, per frame of a virtual link. A record is complete before it is chained, in one
 * store; unchained, it keeps its links until every worker has forgotten it, so a worker that stands on it finds the rest.
 */
public final class VirtualLinkTable {
    /** No interface. */
    public static final int NONE = -1;

    /** Stands for no ethertype: no 16-bit load is so much. */
    public static final int NO_TYPE = 1 << 16;

    private static final int RECORD_SHIFT = 6;
    private static final int SENDER = 0;
    private static final int RECEIVER = 8;
    private static final int IDENTIFIER = 16;
    private static final int PORT_AND_VLAN = 20;
    private static final int NEXT = 24;
    private static final int NEXT_SENDER = 28;
    private static final int VLAN_BITS = 12;

    /** 2^64 divided by the golden ratio: spreads keys over the chains (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final int capacity;
    private final long base;
    private final long chains;
    private final long senders;
    private final long type;
    private final int chainMask;

    VirtualLinkTable(int capacity) {
        this.capacity = capacity;
        base = new Region((long) capacity << RECORD_SHIFT).address();
        int chainCount = BitUtil.findNextPositivePowerOfTwo(capacity);
        chainMask = chainCount - 1;
        chains = new Region((long) chainCount << 2).address();
        senders = new Region((long) chainCount << 2).address();
        type = new Region(Long.BYTES).address();
        setEtherType(NO_TYPE);
    }

    /** The ethertype of all virtual links, as a little-endian signed 16-bit load has it, or {@link #NO_TYPE} while there are none. */
    public int etherType() {
        return Memory.getInt(type);
    }

    /** Says which ethertype it is from now on. Conductor only. */
    public void setEtherType(int wireType) {
        UnsafeApi.putIntRelease(null, type, wireType);
    }

    /** The address of who sent a frame, as this table has it. */
    public static long senderOf(long frame) {
        return Memory.getLong(frame + Ethernet.SOURCE) & Ethernet.MAC_MASK;
    }

    /** The address that a frame is for, as this table has it. */
    public static long receiverOf(long frame) {
        return Memory.getLong(frame) & Ethernet.MAC_MASK;
    }

    /**
     * The interface of a frame, or {@link #NONE}. Plain reads: their partners are the releases of {@link #add}.
     *
     * @param vlan 0 = untagged.
     * @param sender as {@link #senderOf} has it.
     */
    public int find(int port, int vlan, long sender, int identifier) {
        int place = port << VLAN_BITS | vlan;
        int id = Memory.getInt(chain(place, sender, identifier)) - 1;
        while (id != NONE && !(isFrom(id, place, sender) && identifier(id) == identifier)) {
            id = Memory.getInt(record(id) + NEXT) - 1;
        }
        return id;
    }

    /** Whether somebody may send virtual links' frames by a port and VLAN. */
    public boolean isSender(int port, int vlan, long sender) {
        return findSender(port << VLAN_BITS | vlan, sender) != NONE;
    }

    private int findSender(int place, long sender) {
        int id = Memory.getInt(senderChain(place, sender)) - 1;
        while (id != NONE && !isFrom(id, place, sender)) {
            id = Memory.getInt(record(id) + NEXT_SENDER) - 1;
        }
        return id;
    }

    /** The address that an interface's frames are for. */
    public long receiver(int id) {
        return Memory.getLong(record(id) + RECEIVER);
    }

    /** Who sends an interface's frames. */
    public long sender(int id) {
        return Memory.getLong(record(id) + SENDER);
    }

    public int identifier(int id) {
        return Memory.getInt(record(id) + IDENTIFIER);
    }

    private boolean isFrom(int id, int place, long sender) {
        return sender(id) == sender && place(id) == place;
    }

    private int place(int id) {
        return Memory.getInt(record(id) + PORT_AND_VLAN);
    }

    /** Adds an interface that is not there, whose record in the {@link InterfaceTable} is complete. Conductor only. */
    public void add(int id, int port, int vlan, long sender, long receiver, int identifier) {
        int place = port << VLAN_BITS | vlan;
        long record = record(id);
        Memory.putLong(record + SENDER, sender);
        Memory.putLong(record + RECEIVER, receiver);
        Memory.putInt(record + IDENTIFIER, identifier);
        Memory.putInt(record + PORT_AND_VLAN, place);
        if (findSender(place, sender) == NONE) {
            push(senderChain(place, sender), id, NEXT_SENDER);
        }
        push(chain(place, sender, identifier), id, NEXT);
    }

    private void push(long chain, int id, int next) {
        Memory.putInt(record(id) + next, Memory.getInt(chain));
        // Release: a worker that finds the interface (find) also sees its record and its links.
        UnsafeApi.putIntRelease(null, chain, id + 1);
    }

    /** Takes an interface out. Its id may be used anew once every worker has forgotten it. Conductor only. */
    public void remove(int id) {
        int place = place(id);
        long sender = sender(id);
        unlink(chain(place, sender, identifier(id)), id, NEXT);
        if (findSender(place, sender) == id) {
            unlink(senderChain(place, sender), id, NEXT_SENDER);
            int other = anotherOf(id, place, sender);
            if (other != NONE) {
                push(senderChain(place, sender), other, NEXT_SENDER);
            }
        }
        Memory.putLong(record(id) + SENDER, 0); // nobody's: anotherOf passes it over
    }

    /** Whoever stands for a sender is gone, so another one does; nobody's packet waits for this walk. */
    private int anotherOf(int id, int place, long sender) {
        for (int other = 0; other < capacity; other++) {
            if (other != id && isFrom(other, place, sender)) {
                return other;
            }
        }
        return NONE;
    }

    private void unlink(long from, int id, int which) {
        long link = from;
        while (Memory.getInt(link) != id + 1) {
            link = record(Memory.getInt(link) - 1) + which;
        }
        // Release: as in push; what follows was complete before.
        UnsafeApi.putIntRelease(null, link, Memory.getInt(record(id) + which));
    }

    private long chain(int place, long sender, int identifier) {
        return chains + slot((sender * GOLDEN + place) * GOLDEN + identifier);
    }

    private long senderChain(int place, long sender) {
        return senders + slot(sender * GOLDEN + place);
    }

    private long slot(long key) {
        return (((key * GOLDEN) >>> 32) & chainMask) << 2;
    }

    private long record(int id) {
        return base + ((long) id << RECORD_SHIFT);
    }
}
