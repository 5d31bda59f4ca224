package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.RouteEntryEncoder;
import io.vireo.dataplane.wire.value.NextHops;

/** The next hops of a RouteEntry. */
final class RouteHops {
    private RouteHops() {}

    /** Bytes of the message without its header. */
    static int bytes(NextHops nextHops) {
        return RouteEntryEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.size() * RouteEntryEncoder.NextHopsEncoder.sbeBlockLength();
    }

    static void encode(RouteEntryEncoder.NextHopsEncoder hops, NextHops nextHops) {
        for (int i = 0; i < nextHops.size(); i++) {
            hops.next()
                    .gatewayHigh(nextHops.gatewayHigh(i))
                    .gatewayLow(nextHops.gatewayLow(i))
                    .interfaceId(nextHops.interfaceId(i))
                    .weight((short) nextHops.weight(i));
        }
    }
}
