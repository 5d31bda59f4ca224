package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * To which UDP ports packets of tunnels come, and of which kinds: a word per port. What a worker asks first of a UDP packet for the
 * router itself, so that one that is for no tunnel costs a load before it goes on to the kernel; whose tunnel it is, {@link TunnelEnds}
 * says.
 *
 * <pre>
 *   kinds:  bit c of word p: some tunnel whose kind has the code c takes packets to port p, in any router
 *   counts: how many, a word per code and port; the conductor's
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, each kind by the word it finds; one who sees a port later hands a packet to
 * the kernel as before.
 */
public final class UdpPorts {
    private static final int PORTS_SHIFT = 16;
    private static final int KINDS = 16;

    private final long kinds = new Region((long) Integer.BYTES << PORTS_SHIFT).address();
    private final long counts = new Region(((long) KINDS * Integer.BYTES) << PORTS_SHIFT).address();

    /** The kinds of which there are tunnels at a port, for {@link #has}; 0: none. */
    public int kinds(int port) {
        return Memory.getInt(kinds + (long) port * Integer.BYTES);
    }

    /** Whether a kind is among some. */
    public static boolean has(int kinds, int code) {
        return (kinds >>> code & 1) != 0;
    }

    /** A tunnel more takes packets to a port. Conductor only, before its end is added. */
    public void add(int port, int code) {
        change(port, code, 1);
    }

    /** A tunnel less does. Conductor only, after its end is removed. */
    public void remove(int port, int code) {
        change(port, code, -1);
    }

    private void change(int port, int code, int tunnels) {
        long count = counts + (((long) code << PORTS_SHIFT) + port) * Integer.BYTES;
        int left = Memory.getInt(count) + tunnels;
        Memory.putInt(count, left);
        int others = kinds(port) & ~(1 << code);
        // Opaque would do: nothing is reached by what a worker reads here (kinds).
        UnsafeApi.putIntRelease(null, kinds + (long) port * Integer.BYTES, left == 0 ? others : others | 1 << code);
    }
}
