package io.vireo.dataplane.conductor;

import io.vireo.dataplane.path.schedule.PortClasses;
import io.vireo.dataplane.wire.code.CommandResult;

/**
 * How many packets and bytes each VPN's classes may hold in the queues of each port. Single user: the conductor.
 *
 * <p>Each port has a pool of its own, and all quotas together fit in it: a quota is a promise. Quota 0 is that of all who
 * have none; it begins with half the pool.
 */
final class ClassQuotas {
    static final int COMMON = 0;
    private static final long MANY_BYTES = 1L << 40;

    private final int[] packets;
    private final long[] bytes;
    private final byte[] marks;
    private final int pool;
    private final Refusal refusal;
    private long promised;

    /** @param pool packets a port can queue. */
    ClassQuotas(int maxQuotas, int pool, Refusal refusal) {
        packets = new int[maxQuotas];
        bytes = new long[maxQuotas];
        marks = new byte[maxQuotas];
        this.pool = pool;
        this.refusal = refusal;
        packets[COMMON] = pool / 2;
        bytes[COMMON] = MANY_BYTES;
        promised = packets[COMMON];
    }

    /** Sets a quota, if the pool can keep all promises. */
    boolean set(int id, int newPackets, long newBytes, int users, byte mark) {
        if (newPackets == 0 && (users > 0 || id == COMMON)) {
            return refusal.because(CommandResult.IN_USE, "packets: quota ", id, " is in use and cannot be taken away");
        }
        long sum = promised - packets[id] + newPackets;
        if (sum > pool) {
            refusal.because(
                    CommandResult.LIMIT, "packets: all quotas together would be ", sum, " packets, a port has ");
            return refusal.and(pool, " (vireo.port.packets)");
        }
        promised = sum;
        packets[id] = newPackets;
        bytes[id] = newBytes;
        marks[id] = mark;
        return true;
    }

    /** Gives a scheduler that is not yet in use all quotas. The greater ones first go down, so that the sum always fits. */
    void copyTo(PortClasses classes) {
        for (int id = 0; id < packets.length; id++) {
            classes.setQuota(id, 0, 0);
        }
        for (int id = 0; id < packets.length; id++) {
            if (packets[id] > 0) {
                classes.setQuota(id, packets[id], bytes[id]);
            }
        }
    }

    boolean exists(int id) {
        return packets[id] > 0;
    }

    int packets(int id) {
        return packets[id];
    }

    long bytes(int id) {
        return bytes[id];
    }

    int count() {
        return packets.length;
    }

    /** Whether a resynchronisation has not repeated a quota that nobody uses. */
    boolean isStale(int id, int users, byte mark) {
        return id != COMMON && exists(id) && marks[id] != mark && users == 0;
    }
}
