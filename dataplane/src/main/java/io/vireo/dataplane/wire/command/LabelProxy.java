package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.AddLabelEncoder;
import io.vireo.dataplane.wire.sbe.DumpLabelsEncoder;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveLabelEncoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;

/** Commands about MPLS labels that come in. Part of {@link DataplaneProxy}, which says what the methods have in common. */
public final class LabelProxy {
    private final Claim claim;
    private final LabelRules rules;

    LabelProxy(Claim claim, LabelRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /**
     * Says what a router does with a label, or changes it.
     *
     * @param nextHops {@link NextHops#NONE} if the router takes it off for itself
     */
    public boolean addLabel(long correlationId, LabelSpec spec, NextHops nextHops) {
        CommandRules.require("AddLabel", rules.add(spec, nextHops));
        int index = claim.tryClaim(AddLabelEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.size() * AddLabelEncoder.NextHopsEncoder.sbeBlockLength());
        if (index < 0) {
            return false;
        }
        AddLabelEncoder.NextHopsEncoder hops = new AddLabelEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
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
        return claim.commit(index);
    }

    /** Has a router know a label no more. */
    public boolean removeLabel(long correlationId, int routerId, int label) {
        CommandRules.require("RemoveLabel", rules.label(routerId, label));
        int index = claim.tryClaim(RemoveLabelEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveLabelEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId)
                .label(label);
        return claim.commit(index);
    }

    /** Asks for the label tables of all routers: a LabelState event each, then DumpEnd. */
    public boolean dumpLabels(long correlationId) {
        int index = claim.tryClaim(DumpLabelsEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpLabelsEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }
}
