package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.RouteEntryDecoder;
import io.vireo.dataplane.wire.sbe.RouteEntryEncoder;
import io.vireo.dataplane.wire.value.NextHops;

/** The next hops of a RouteEntry, with their labels. */
final class RouteHops {
    /** No message is longer, without its header. */
    static final int MAX_BYTES = bytes(NextHops.MAX, NextHops.MAX_TOTAL_LABELS);

    private RouteHops() {}

    /** Bytes of the message without its header. */
    static int bytes(NextHops nextHops) {
        return bytes(nextHops.size(), nextHops.totalLabels());
    }

    private static int bytes(int nextHops, int labels) {
        return RouteEntryEncoder.BLOCK_LENGTH
                + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops * RouteEntryEncoder.NextHopsEncoder.sbeBlockLength()
                + labels * RouteEntryEncoder.LabelsEncoder.sbeBlockLength();
    }

    static void encode(RouteEntryEncoder message, NextHops nextHops) {
        RouteEntryEncoder.NextHopsEncoder hops = message.nextHopsCount(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            hops.next()
                    .gatewayHigh(nextHops.gatewayHigh(i))
                    .gatewayLow(nextHops.gatewayLow(i))
                    .interfaceId(nextHops.interfaceId(i))
                    .weight((short) nextHops.weight(i));
        }
        RouteEntryEncoder.LabelsEncoder labels = message.labelsCount(nextHops.totalLabels());
        for (int i = 0; i < nextHops.size(); i++) {
            for (int n = 0; n < nextHops.labelCount(i); n++) {
                labels.next().label(nextHops.label(i, n)).nextHop((short) i).timeToLive((short)
                        nextHops.labelTtl(i, n));
            }
        }
    }

    /** Reads them all; false: a label is of no next hop, or too many are of one. */
    static boolean decode(RouteEntryDecoder message, NextHops into) {
        into.clear();
        for (RouteEntryDecoder.NextHopsDecoder hop = message.nextHops(); hop.hasNext(); ) {
            hop.next();
            into.add(hop.interfaceId(), hop.gatewayHigh(), hop.gatewayLow(), hop.weight());
        }
        for (RouteEntryDecoder.LabelsDecoder label = message.labels(); label.hasNext(); ) {
            label.next();
            if (!into.hasRoom(label.nextHop())) {
                return false;
            }
            into.push(label.nextHop(), (int) label.label(), label.timeToLive());
        }
        return true;
    }
}
