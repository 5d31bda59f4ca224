package io.vireo.dataplane.encapsulation.esp;

import io.vireo.crypto.AeadAlgorithm;
import io.vireo.crypto.AeadContext;
import io.vireo.crypto.KeyMemory;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * One record of 2 KiB per security association, in {@linkplain KeyMemory guarded memory}, and beside it the slots of its replay window.
 *
 * <pre>
 *    0  SPI                    4  salt, as it stands in the nonce
 *    8  algorithm             12  numbers are extended (ESN): 1
 *   16  window, numbers       20  state: {@link #ABSENT}, {@link #LIVE}, {@link #ENDED}
 *   24  last number that may be sent, or packets that may be received
 *   32  bytes that may be sent or received
 *   64  outbound: next number, the first is 1. inbound: highest number accepted        line of its own: workers write it
 *   72  bytes sent or accepted
 *   80  inbound: packets accepted
 *  128  inbound: packets whose tag was wrong    136  of these, in a row    144  replays
 *  192  the key itself, while it is expanded
 * 1024  expanded key
 * </pre>
 *
 * Single writer: the conductor, but for the numbers and counts, which workers write by atomic additions. A record is complete before
 * an encapsulation or an end leads to it (their release publishes it); its key is wiped once every worker has forgotten it, and
 * only then is it filled anew. Record 0 is never filled: it stands for "none".
 */
public final class SecurityAssociationTable {
    /** Stands for no association. */
    public static final int NONE = 0;

    static final int ABSENT = 0;
    static final int LIVE = 1;
    static final int ENDED = 2;

    /** Without ESN the number must not come round (RFC 4303 §3.3.3); this many workers at once may take one beyond the last. */
    static final long LAST_SHORT_NUMBER = 0xffff_ffffL - 1024;

    private static final int RECORD_SHIFT = 11;
    private static final int SLOTS_BYTES = ReplayWindow.MAX_NUMBERS * Long.BYTES;
    private static final int SPI = 0;
    private static final int SALT = 4;
    private static final int ALGORITHM = 8;
    private static final int EXTENDED = 12;
    private static final int WINDOW = 16;
    private static final int STATE = 20;
    private static final int MAX_PACKETS = 24;
    private static final int MAX_BYTES = 32;
    private static final int NUMBER = 64;
    private static final int BYTES = 72;
    private static final int PACKETS = 80;
    private static final int FORGED = 128;
    private static final int FORGED_IN_ROW = 136;
    private static final int REPLAYS = 144;
    private static final int RAW_KEY = 192;
    private static final int KEY = 1024;

    private static final int FORWARD = Disposition.FORWARD;
    private static final int NO_ASSOCIATION = Disposition.drop(DropReason.ESP_NO_ASSOCIATION);
    private static final int LIFETIME = Disposition.drop(DropReason.ESP_LIFETIME);

    private static final AeadAlgorithm[] ALGORITHMS = AeadAlgorithm.values();

    private final KeyMemory records;
    private final long slots;
    private final int capacity;

    /** Takes memory for the indices 1 to {@code capacity - 1}; it is used only as it fills. */
    public SecurityAssociationTable(int capacity) {
        this.capacity = capacity;
        records = new KeyMemory((long) capacity << RECORD_SHIFT);
        slots = new Region((long) capacity * SLOTS_BYTES).address();
    }

    public int capacity() {
        return capacity;
    }

    /** Whether keys may lie here, see {@link KeyMemory#isGuarded}. */
    public boolean isGuarded() {
        return records.isGuarded();
    }

    /** Address of a record, for the accessors that take one. The index is not checked. */
    public long record(int index) {
        return records.address() + ((long) index << RECORD_SHIFT);
    }

    long slots(int index) {
        return slots + (long) index * SLOTS_BYTES;
    }

    public static int spi(long sa) {
        return Memory.getInt(sa + SPI);
    }

    static int salt(long sa) {
        return Memory.getInt(sa + SALT);
    }

    static AeadAlgorithm algorithm(long sa) {
        return ALGORITHMS[Memory.getInt(sa + ALGORITHM)];
    }

    static boolean isExtended(long sa) {
        return Memory.getInt(sa + EXTENDED) != 0;
    }

    static int window(long sa) {
        return Memory.getInt(sa + WINDOW);
    }

    static long expandedKey(long sa) {
        return sa + KEY;
    }

    /**
     * Whether an outbound association may send one more packet: {@link Disposition#FORWARD}, or why not. Workers that ask at the
     * same time may each send one.
     */
    public static int sendDisposition(long sa) {
        int state = UnsafeApi.getIntVolatile(null, sa + STATE);
        if (state == ABSENT) {
            return NO_ASSOCIATION;
        }
        boolean isUsedUp = state == ENDED
                || UnsafeApi.getLongVolatile(null, sa + NUMBER) > Memory.getLong(sa + MAX_PACKETS)
                || UnsafeApi.getLongVolatile(null, sa + BYTES) >= Memory.getLong(sa + MAX_BYTES);
        return isUsedUp ? LIFETIME : FORWARD;
    }

    /** Whether an inbound association may accept one more packet. */
    static boolean mayReceive(long sa) {
        return UnsafeApi.getIntVolatile(null, sa + STATE) == LIVE
                && UnsafeApi.getLongVolatile(null, sa + PACKETS) < Memory.getLong(sa + MAX_PACKETS)
                && UnsafeApi.getLongVolatile(null, sa + BYTES) < Memory.getLong(sa + MAX_BYTES);
    }

    /** Takes the next number: no other packet under this key has it, nor ever had. */
    static long takeNumber(long sa, int bytes) {
        UnsafeApi.getAndAddLong(null, sa + BYTES, bytes);
        return UnsafeApi.getAndAddLong(null, sa + NUMBER, 1);
    }

    /** The number that is taken next, for a packet that is only traced. */
    static long nextNumber(long sa) {
        return UnsafeApi.getLongVolatile(null, sa + NUMBER);
    }

    static long highestAt(long sa) {
        return sa + NUMBER;
    }

    /** A packet was accepted. */
    static void countAccepted(long sa, int bytes) {
        UnsafeApi.getAndAddLong(null, sa + BYTES, bytes);
        UnsafeApi.getAndAddLong(null, sa + PACKETS, 1);
        if (Memory.getLong(sa + FORGED_IN_ROW) != 0) {
            UnsafeApi.putLongVolatile(null, sa + FORGED_IN_ROW, 0);
        }
    }

    /** A packet's tag is wrong; returns how many that makes in a row. */
    static long countForged(long sa) {
        UnsafeApi.getAndAddLong(null, sa + FORGED, 1);
        return UnsafeApi.getAndAddLong(null, sa + FORGED_IN_ROW, 1) + 1;
    }

    static void countReplay(long sa) {
        UnsafeApi.getAndAddLong(null, sa + REPLAYS, 1);
    }

    /**
     * Fills a record that no worker can reach, and expands its key. Conductor only.
     *
     * @param algorithm and the rest: as the tunnel says
     */
    @SuppressWarnings("EnumOrdinal") // memory of this process only: never older or newer than the enum
    public void define(
            int index, SecurityAssociationSpec spec, EspAlgorithm algorithm, int window, boolean isExtended) {
        long sa = record(index);
        long maxPackets = isExtended ? spec.maxPackets() : Math.min(spec.maxPackets(), LAST_SHORT_NUMBER);
        Memory.fill(sa, KEY, (byte) 0);
        Memory.putInt(sa + SPI, spec.spi());
        Memory.putIntBigEndian(sa + SALT, spec.salt());
        Memory.putInt(sa + ALGORITHM, cipher(algorithm).ordinal());
        Memory.putInt(sa + EXTENDED, isExtended ? 1 : 0);
        Memory.putInt(sa + WINDOW, window);
        Memory.putLong(sa + MAX_PACKETS, maxPackets);
        Memory.putLong(sa + MAX_BYTES, spec.maxBytes());
        Memory.putLong(sa + NUMBER, spec.isOutbound() ? 1 : 0);
        expand(sa, spec, cipher(algorithm));
        ReplayWindow.clear(slots(index), window);
        Memory.putInt(sa + STATE, LIVE);
    }

    /** The key itself is in memory that is not guarded for no longer than the command. */
    private static void expand(long sa, SecurityAssociationSpec spec, AeadAlgorithm algorithm) {
        Memory.putLongBigEndian(sa + RAW_KEY, spec.key0());
        Memory.putLongBigEndian(sa + RAW_KEY + Long.BYTES, spec.key1());
        Memory.putLongBigEndian(sa + RAW_KEY + 2 * Long.BYTES, spec.key2());
        Memory.putLongBigEndian(sa + RAW_KEY + 3 * Long.BYTES, spec.key3());
        AeadContext.expand(algorithm, sa + RAW_KEY, sa + KEY);
        KeyMemory.wipe(sa + RAW_KEY, 4 * Long.BYTES);
    }

    private static AeadAlgorithm cipher(EspAlgorithm algorithm) {
        return switch (algorithm) {
            case NONE -> throw new IllegalArgumentException("an ESP tunnel has a cipher");
            case AES_GCM_128 -> AeadAlgorithm.AES_GCM_128;
            case AES_GCM_256 -> AeadAlgorithm.AES_GCM_256;
            case CHACHA20_POLY1305 -> AeadAlgorithm.CHACHA20_POLY1305;
        };
    }

    /** Ends an association whose time is over: it refuses every packet from now on. Conductor only. */
    public void end(int index) {
        UnsafeApi.putIntVolatile(null, record(index) + STATE, ENDED);
    }

    /** Removes the key of an association that every worker has forgotten. Conductor only. */
    public void wipe(int index) {
        KeyMemory.wipe(record(index), KEY + AeadContext.EXPANDED_KEY_BYTES);
    }

    public boolean isEnded(int index) {
        return Memory.getInt(record(index) + STATE) == ENDED;
    }

    /** Packets sent or accepted so far. */
    public long packets(int index, boolean isOutbound) {
        long sa = record(index);
        return isOutbound ? nextNumber(sa) - 1 : UnsafeApi.getLongVolatile(null, sa + PACKETS);
    }

    /** Bytes sent or accepted so far, of the packets inside. */
    public long bytes(int index) {
        return UnsafeApi.getLongVolatile(null, record(index) + BYTES);
    }

    /** Packets received whose tag was wrong. */
    public long forged(int index) {
        return UnsafeApi.getLongVolatile(null, record(index) + FORGED);
    }

    /** Packets received whose number had been accepted before, or was too old. */
    public long replays(int index) {
        return UnsafeApi.getLongVolatile(null, record(index) + REPLAYS);
    }
}
