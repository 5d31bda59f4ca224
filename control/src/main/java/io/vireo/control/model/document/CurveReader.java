package io.vireo.control.model.document;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.Curve;
import io.vireo.control.model.Limits;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.schedule.policy.CurveAdmission;
import io.vireo.dataplane.schedule.policy.CurveDefect;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the curves of a class: {@code rt}, {@code ls} and {@code ul}, or in their simple forms guarantee and limit. */
final class CurveReader {
    private static final TimeSpan NO_SPAN = new TimeSpan(0);

    private final Problems problems;

    CurveReader(Problems problems) {
        this.problems = problems;
    }

    /** The field that says what is guaranteed, in the mapping of a class that has a guarantee. */
    static String guaranteeField(YamlNode.Mapping owner) {
        return owner.fields().containsKey("guarantee") ? "guarantee" : "rt";
    }

    /** The curves among the fields of a class. What is wrong with them is reported, and the class is not finished. */
    ClassCurves read(Fields fields) {
        Curve guarantee = fields.optional("guarantee", CurveReader::straight);
        Curve limit = fields.optional("limit", CurveReader::straight);
        Curve realTime = fields.optionalNode("rt", node -> readCurve(fields, "rt", node));
        Curve linkShare = fields.optionalNode("ls", node -> readCurve(fields, "ls", node));
        Curve upperLimit = fields.optionalNode("ul", node -> readCurve(fields, "ul", node));
        refuseBoth(fields, "guarantee", "rt", "ls");
        refuseBoth(fields, "limit", "ul");
        ClassCurves curves = guarantee == null
                ? new ClassCurves(realTime, linkShare, limit == null ? upperLimit : limit)
                : new ClassCurves(guarantee, guarantee, limit == null ? upperLimit : limit);
        checkLimit(fields, curves);
        return curves;
    }

    private static void refuseBoth(Fields fields, String simple, String... exact) {
        if (fields.has(simple)) {
            for (String field : exact) {
                if (fields.has(field)) {
                    fields.problem(field, "contradicts " + simple + ", which says it already");
                }
            }
        }
    }

    private static void checkLimit(Fields fields, ClassCurves curves) {
        Curve limit = curves.upperLimit();
        Curve guarantee = curves.realTime();
        if (limit == null || guarantee == null) {
            return;
        }
        String field = fields.has("limit") ? "limit" : "ul";
        if (curves.linkShare() == null) {
            fields.problem(field, "limits what is shared, but the class has only rt; give it ls too");
        }
        CurveAdmission room = new CurveAdmission(limit.service());
        room.admit(guarantee.service());
        if (room.isExceeded()) {
            fields.problem(
                    field,
                    "is below what " + guaranteeField(fields.mapping()) + " promises"
                            + TimeScale.of(room.tightestSpanNs()).phrase());
        }
    }

    private static Curve straight(String text) {
        return new Curve.Straight(Scalars.rate(text));
    }

    private @Nullable Curve readCurve(Fields owner, String field, YamlNode node) {
        if (node instanceof YamlNode.Scalar) {
            return owner.optional(field, CurveReader::straight);
        }
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        return fields.has("packet") || fields.has("delay") ? readPacketDelay(fields) : readTwoPiece(fields);
    }

    private static @Nullable Curve readTwoPiece(Fields fields) {
        Long first = fields.required("m1", CurveReader::firstRate);
        TimeSpan span = fields.optional("d", NO_SPAN, TimeSpan::parse);
        Bandwidth second = fields.required("m2", Bandwidth::parse);
        if (!fields.finish() || first == null || second == null) {
            return null;
        }
        CurveDefect defect = CurveDefect.of(first, span.ns(), second.bitsPerSecond());
        if (defect != CurveDefect.NONE) {
            fields.problem(fieldOf(defect), "makes no curve: " + defect.sentence());
            return null;
        }
        return new Curve.TwoPiece(new ServiceCurve(first, span.ns(), second.bitsPerSecond()));
    }

    /** A curve that begins with nothing is written {@code m1: 0bit}. */
    private static long firstRate(String text) {
        return List.of("0", "0bit", "0kbit", "0Mbit", "0Gbit").contains(text)
                ? 0
                : Bandwidth.parse(text).bitsPerSecond();
    }

    private static String fieldOf(CurveDefect defect) {
        return switch (defect) {
            case FIRST_RATE, BURST -> "m1";
            case SPAN, SPAN_MISSING -> "d";
            case NONE, SECOND_RATE -> "m2";
        };
    }

    private static @Nullable Curve readPacketDelay(Fields fields) {
        Integer packet = fields.required("packet", Scalars.integer(1, Limits.MAX_CURVE_PACKET_BYTES));
        TimeSpan delay = fields.required("delay", Scalars::delay);
        Bandwidth rate = fields.required("rate", Scalars::rate);
        if (!fields.finish() || packet == null || delay == null || rate == null) {
            return null;
        }
        try {
            return new Curve.PacketDelay(packet, delay, rate);
        } catch (IllegalArgumentException e) {
            fields.problem("delay", "makes no curve: " + e.getMessage());
            return null;
        }
    }
}
