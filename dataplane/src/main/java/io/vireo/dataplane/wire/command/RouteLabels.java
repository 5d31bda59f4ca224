package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.sbe.AddRouteDecoder;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/** The labels of the next hops of an AddRoute. */
final class RouteLabels {
    private static final FieldRange LABEL = FieldRange.of(
            "labels.label",
            AddRouteDecoder.LabelsDecoder.labelMinValue(),
            AddRouteDecoder.LabelsDecoder.labelMaxValue());

    private RouteLabels() {}

    /** Bytes of the group. */
    static int bytes(NextHops nextHops) {
        return GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.totalLabels() * AddRouteEncoder.LabelsEncoder.sbeBlockLength();
    }

    /** What is wrong with them. */
    static @Nullable String check(NextHops nextHops) {
        for (int i = 0; i < nextHops.size(); i++) {
            for (int n = 0; n < nextHops.labelCount(i); n++) {
                if (!LabelSpec.maySend(nextHops.label(i, n))) {
                    return "labels.label: each must be 0, 2 or 16..1048575";
                }
            }
        }
        return null;
    }

    static void encode(AddRouteEncoder message, NextHops nextHops) {
        AddRouteEncoder.LabelsEncoder labels = message.labelsCount(nextHops.totalLabels());
        for (int i = 0; i < nextHops.size(); i++) {
            for (int n = 0; n < nextHops.labelCount(i); n++) {
                labels.next().label(nextHops.label(i, n)).nextHop((short) i).timeToLive((short)
                        nextHops.labelTtl(i, n));
            }
        }
    }

    /** Gives next hops their labels; returns what is wrong. */
    static @Nullable String decode(AddRouteDecoder.LabelsDecoder labels, NextHops nextHops) {
        while (labels.hasNext()) {
            labels.next();
            if (!nextHops.hasRoom(labels.nextHop())) {
                return "labels.nextHop: must be one of the next hops, each with at most 8 labels";
            }
            if (!LABEL.contains(labels.label())) {
                return LABEL.check(labels.label());
            }
            nextHops.push(labels.nextHop(), (int) labels.label(), labels.timeToLive());
        }
        return null;
    }
}
