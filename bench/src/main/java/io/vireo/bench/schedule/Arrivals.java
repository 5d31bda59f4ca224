package io.vireo.bench.schedule;

/**
 * Where the next packet goes. The VPN of a packet that left waits among others, one of which is picked at random: arrivals
 * come in no order, and yet no VPN ever has more packets than it began with plus its share of those that wait. One thread.
 */
final class Arrivals {
    private static final int MIN_WAITING = 1024;
    private static final int WAITING_PER_VPN = 2;

    private final int[] waiting;
    private final Xorshift numbers = new Xorshift();

    Arrivals(int vpns) {
        waiting = new int[Math.max(MIN_WAITING, Integer.highestOneBit(WAITING_PER_VPN * vpns))];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = i % vpns;
        }
    }

    /** A leaf for the next packet, after one of {@code dequeuedLeaf} has left. */
    int after(int dequeuedLeaf) {
        long random = numbers.next();
        int slot = (int) random & (waiting.length - 1);
        int vpn = waiting[slot];
        waiting[slot] = Load.vpnOf(dequeuedLeaf);
        int leaf = Xorshift.scale(random, Load.CLASSES_PER_VPN);
        return vpn * Load.CLASSES_PER_VPN + leaf;
    }
}
