package io.vireo.control.view;

import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An end of a virtual link: a tunnel of any kind, a virtual link of the substrate, a link to another virtual router of the node, an
 * interface whose packets say their VPN.
 *
 * @param path                  {@code VPN/ROUTER/INTERFACE}.
 * @param kind                  the encapsulation, as the document has it; {@code link} inside the node, {@code vpn-id}.
 * @param underlay              what its packets cross: {@code VPN/ROUTER}, or a port and VLAN; empty inside the node.
 * @param local                 address of this end underneath, or empty.
 * @param remote                address of the other end underneath, or its {@code VPN/ROUTER/INTERFACE} when that is of this node.
 * @param description           the same with all that the kind has, such as a key.
 * @param mtu                   largest packet inside, in bytes.
 * @param state                 whether packets pass.
 * @param reason                why not; empty when they do.
 * @param since                 since when it is up or down; at the earliest when control first saw it. Null: it has no device.
 * @param schedulingPort        the port that promises it bandwidth, or null.
 * @param guaranteedBitsPerSecond what it is guaranteed in the sending direction on the wire: by its class of that port, or inside the node
 *                              by the link's bandwidth; 0: nothing.
 * @param keepalive             what a tunnel's keepalives have found, or null.
 * @param emulation             how the wire is emulated, delay and loss among it; or empty.
 * @param counts                what its interface counted: packets inside.
 * @param classWireBytes        of its class of the port, bytes of link time with all headers; 0 without.
 * @param queuedPackets         queued now in its classes.
 * @param queueDropPackets      dropped by the queues of its classes.
 * @param queueDelays           how long packets were queued in its classes.
 */
public record LinkStatus(
        String path,
        String kind,
        String underlay,
        String local,
        String remote,
        String description,
        int mtu,
        State state,
        String reason,
        @Nullable Instant since,
        @Nullable String schedulingPort,
        long guaranteedBitsPerSecond,
        @Nullable KeepaliveStatus keepalive,
        String emulation,
        TrafficCounts counts,
        long classWireBytes,
        long queuedPackets,
        long queueDropPackets,
        DelayStatus queueDelays) {

    /** Whether packets pass. */
    public enum State {
        /** They do, as far as this node can see. */
        UP,
        /** It has a carrier, but what is sent is dropped until something is there: a key, a neighbour underneath. */
        WAITING,
        /** It has no carrier, or is set down in Linux. */
        DOWN,
        /** By its configuration. */
        DISABLED
    }
}
