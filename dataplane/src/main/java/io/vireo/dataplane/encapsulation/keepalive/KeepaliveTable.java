package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.KeepaliveSpec;
import io.vireo.dpdk.Memory;
import java.security.SecureRandom;
import org.agrona.UnsafeApi;

/**
 * One record of four cache lines per tunnel with keepalives, in native memory.
 *
 * <pre>
 *    0  life: which use of the record this is, 0 = nobody's             conductor, released last
 *    8  token: what a reply must repeat
 *   16  target, high half                24  target, low half
 *   32  interface                        36  encapsulation
 *   40  interval, ms                     44  misses        48  1 = the target is an IPv6 one
 *   56  MAC address by which the target is reached, of a tunnel of frames; 0 = unknown      receivers; the sender forgets it
 *   64  life that the sender knows       72  when the next request is due, ns           sender
 *   80  number of the newest request     84  lost requests 88  state 92  interface it is shown of
 *   96  number of the newest reply that the sender has seen     100  1 = the newest request waits for a MAC address
 *  104  number of the newest reply, above it its round-trip time, us     receivers, in one store
 *  128  when the last 16 requests were sent, ns, by number modulo 16     sender, before the number
 * </pre>
 *
 * Writers: as said; there is one sender, the first worker. A record is filled anew only after every worker has forgotten its last life.
 * Record 0 is no tunnel's: its first word is {@link #end}.
 */
public final class KeepaliveTable {
    /** The first index that a tunnel may have. */
    public static final int FIRST = 1;

    /** Requests of which a reply is known. */
    static final int REMEMBERED = 16;

    private static final int RECORD_SHIFT = 8;
    private static final int END = 0;
    private static final int LIFE = 0;
    private static final int TOKEN = 8;
    private static final int TARGET_HIGH = 16;
    private static final int TARGET_LOW = 24;
    private static final int INTERFACE = 32;
    private static final int ENCAPSULATION = 36;
    private static final int INTERVAL_MS = 40;
    private static final int MISSES = 44;
    private static final int IS_IPV6 = 48;
    private static final int STATION = 56;
    private static final int REPLY = 104;
    private static final int SENT_NS = 128;

    // The sender's own; see KeepaliveSender.
    static final int KNOWN_LIFE = 64;
    static final int DUE_NS = 72;
    static final int NUMBER = 80;
    static final int LOST = 84;
    static final int STATE = 88;
    static final int SHOWN_INTERFACE = 92;
    static final int SEEN_REPLY = 96;
    static final int WAITS = 100;

    private static final long MAX_ROUND_TRIP_US = Integer.MAX_VALUE;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_US = 1_000L;

    private final long base;
    private final long byTunnel;
    private final int capacity;
    private final long key0;
    private final long key1;
    private long lives;

    /** Takes memory for the indices below {@code capacity}, which tunnels are as well; it is used only as records are filled. */
    public KeepaliveTable(int capacity) {
        this.capacity = capacity;
        base = new Region((long) capacity << RECORD_SHIFT).address();
        byTunnel = new Region((long) capacity * Integer.BYTES).address();
        SecureRandom random = new SecureRandom();
        key0 = random.nextLong();
        key1 = random.nextLong();
    }

    public int capacity() {
        return capacity;
    }

    /** Fills a record that no worker knows. Conductor only. */
    public void begin(int index, int interfaceId, int encapsulation, KeepaliveSpec keepalive) {
        long record = record(index);
        lives++;
        Memory.putLong(record + TOKEN, SipHash.of(key0, key1, lives));
        Memory.putLong(record + TARGET_HIGH, keepalive.targetHigh());
        Memory.putLong(record + TARGET_LOW, keepalive.targetLow());
        Memory.putInt(record + INTERFACE, interfaceId);
        Memory.putInt(record + ENCAPSULATION, encapsulation);
        Memory.putInt(record + INTERVAL_MS, keepalive.intervalMs());
        Memory.putInt(record + MISSES, keepalive.misses());
        Memory.putInt(record + IS_IPV6, keepalive.family() == AddressFamily.IPV6 ? 1 : 0);
        Memory.putLong(record + REPLY, 0);
        Memory.putLong(record + STATION, StationQuestion.UNKNOWN);
        UnsafeApi.putIntOpaque(
                null, byTunnel + (long) encapsulation * Integer.BYTES, index); // who reads it looks at the life
        UnsafeApi.putLongRelease(null, record + LIFE, lives); // pairs with the volatile read in life
        if (index >= end()) {
            UnsafeApi.putIntRelease(null, base + END, index + 1); // pairs with the volatile read in end
        }
    }

    /** The record of a tunnel, for the accessors that take one; 0: it has never had any. */
    long ofTunnel(int encapsulation) {
        int index = UnsafeApi.getIntOpaque(null, byTunnel + (long) encapsulation * Integer.BYTES);
        return index == 0 ? 0 : record(index);
    }

    /** Ends what a record stands for. Conductor only. */
    public void end(int index) {
        UnsafeApi.putLongRelease(null, record(index) + LIFE, 0); // pairs with the volatile read in life
    }

    /** Above every index that a tunnel has had. */
    int end() {
        return Math.max(FIRST, UnsafeApi.getIntVolatile(null, base + END));
    }

    /** Address of a record, for the accessors that take one. The index is not checked. */
    long record(int index) {
        return base + ((long) index << RECORD_SHIFT);
    }

    /** Which use of a record this is; 0: nobody's. */
    static long life(long record) {
        return UnsafeApi.getLongVolatile(null, record + LIFE);
    }

    static long token(long record) {
        return Memory.getLong(record + TOKEN);
    }

    static long targetHigh(long record) {
        return Memory.getLong(record + TARGET_HIGH);
    }

    static long targetLow(long record) {
        return Memory.getLong(record + TARGET_LOW);
    }

    static int interfaceId(long record) {
        return Memory.getInt(record + INTERFACE);
    }

    static int encapsulation(long record) {
        return Memory.getInt(record + ENCAPSULATION);
    }

    static long intervalNs(long record) {
        return Memory.getInt(record + INTERVAL_MS) * NS_PER_MS;
    }

    static int misses(long record) {
        return Memory.getInt(record + MISSES);
    }

    static boolean isIpv6(long record) {
        return Memory.getInt(record + IS_IPV6) != 0;
    }

    /** MAC address by which the target is reached, or {@link StationQuestion#UNKNOWN}. */
    static long station(long record) {
        return UnsafeApi.getLongOpaque(null, record + STATION);
    }

    static void setStation(long record, long mac) {
        UnsafeApi.putLongOpaque(null, record + STATION, mac);
    }

    /** Remembers a request that is about to be sent. Sender only. */
    static void sent(long record, int number, long nowNs) {
        Memory.putLong(sentNs(record, number), nowNs);
        UnsafeApi.putIntRelease(
                null, record + NUMBER, number); // after its time; pairs with the volatile read in replied
    }

    /** Remembers a reply, which may be any: one to a request that is none of the last is not taken. */
    static void replied(long record, int number, long nowNs) {
        int newest = UnsafeApi.getIntVolatile(null, record + NUMBER);
        boolean isKnown = newest - number >= 0 && newest - number < REMEMBERED && number > newestReply(record);
        if (isKnown) {
            long roundTripUs = (nowNs - Memory.getLong(sentNs(record, number))) / NS_PER_US;
            long word = Math.clamp(roundTripUs, 0L, MAX_ROUND_TRIP_US) << Integer.SIZE | number;
            // Two receivers may store the one for the other; then the older reply is seen until the next one.
            UnsafeApi.putLongOpaque(null, record + REPLY, word);
        }
    }

    /** The number of the newest request that has been answered; 0: none. */
    static int newestReply(long record) {
        return (int) UnsafeApi.getLongOpaque(null, record + REPLY);
    }

    /** How long that took. */
    static long roundTripNs(long record) {
        return (UnsafeApi.getLongOpaque(null, record + REPLY) >>> Integer.SIZE) * NS_PER_US;
    }

    private static long sentNs(long record, int number) {
        return record + SENT_NS + (long) (number & (REMEMBERED - 1)) * Long.BYTES;
    }
}
