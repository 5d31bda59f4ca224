package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.LabelStateDecoder;
import io.vireo.dataplane.wire.sbe.LabelStateEncoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;

/** What a LabelState carries beyond its correlation id and counts. */
final class LabelStateEntry {
    private LabelStateEntry() {}

    /** Bytes of a message without its header. */
    static int bytes(NextHops nextHops) {
        return LabelStateEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.size() * LabelStateEncoder.NextHopsEncoder.sbeBlockLength();
    }

    static void encode(LabelStateEncoder entry, LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        LabelStateEncoder.NextHopsEncoder hops = entry.packets(packets)
                .bytes(bytes)
                .routerId(spec.routerId())
                .label(spec.label())
                .receiverInterfaceId(spec.receiverInterfaceId())
                .uniform((short) (spec.isUniform() ? 1 : 0))
                .outLabel1(spec.outOrNone(0))
                .outLabel2(spec.outOrNone(1))
                .outLabel3(spec.outOrNone(2))
                .outLabel4(spec.outOrNone(3))
                .outLabel5(spec.outOrNone(4))
                .outLabel6(spec.outOrNone(5))
                .outLabel7(spec.outOrNone(6))
                .outLabel8(spec.outOrNone(7))
                .nextHopsCount(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            hops.next()
                    .gatewayHigh(nextHops.gatewayHigh(i))
                    .gatewayLow(nextHops.gatewayLow(i))
                    .interfaceId(nextHops.interfaceId(i))
                    .weight((short) nextHops.weight(i));
        }
    }

    static void decode(LabelStateDecoder m, LabelSpec into, NextHops nextHops) {
        into.of(m.routerId(), (int) m.label()).uniform(m.uniform() == 1);
        push(m.outLabel1(), into);
        push(m.outLabel2(), into);
        push(m.outLabel3(), into);
        push(m.outLabel4(), into);
        push(m.outLabel5(), into);
        push(m.outLabel6(), into);
        push(m.outLabel7(), into);
        push(m.outLabel8(), into);
        int receiver = m.receiverInterfaceId();
        nextHops.clear();
        for (LabelStateDecoder.NextHopsDecoder hop = m.nextHops(); hop.hasNext(); ) {
            hop.next();
            nextHops.add(hop.interfaceId(), hop.gatewayHigh(), hop.gatewayLow(), hop.weight());
        }
        if (nextHops.size() == 0) {
            into.local(receiver);
        }
    }

    private static void push(int outLabel, LabelSpec into) {
        if (outLabel != LabelSpec.NO_LABEL) {
            into.push(outLabel);
        }
    }
}
