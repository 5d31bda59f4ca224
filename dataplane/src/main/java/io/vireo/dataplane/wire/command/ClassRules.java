package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandRules.first;

import io.vireo.dataplane.schedule.policy.CurveDefect;
import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.sbe.AddClassDecoder;
import io.vireo.dataplane.wire.sbe.ClassNameDecoder;
import io.vireo.dataplane.wire.sbe.SetClassFilterDecoder;
import io.vireo.dataplane.wire.sbe.SetPortRateDecoder;
import io.vireo.dataplane.wire.sbe.SetQuotaDecoder;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of commands about classes must satisfy, whatever the state of the data plane; as {@link
 * CommandRules}. Immutable, no allocation.
 */
final class ClassRules {
    private static final FieldRange PORT_RATE = FieldRange.of(
                    "rateBitsPerSecond",
                    SetPortRateDecoder.rateBitsPerSecondMinValue(),
                    SetPortRateDecoder.rateBitsPerSecondMaxValue())
            .or(0, "");
    private static final FieldRange OVERHEAD_BYTES = FieldRange.of(
            "overheadBytes", SetPortRateDecoder.overheadBytesMinValue(), SetPortRateDecoder.overheadBytesMaxValue());
    private static final FieldRange QUOTA_ID =
            FieldRange.of("quotaId", AddClassDecoder.quotaIdMinValue(), AddClassDecoder.quotaIdMaxValue());
    private static final FieldRange QUEUE_PACKETS = FieldRange.of(
            "queuePackets", AddClassDecoder.queuePacketsMinValue(), AddClassDecoder.queuePacketsMaxValue());
    private static final FieldRange QUEUE_BYTES =
            FieldRange.of("queueBytes", AddClassDecoder.queueBytesMinValue(), AddClassDecoder.queueBytesMaxValue());
    private static final FieldRange CODEL_TARGET = FieldRange.of(
            "codelTargetNs", AddClassDecoder.codelTargetNsMinValue(), AddClassDecoder.codelTargetNsMaxValue());
    private static final FieldRange CODEL_INTERVAL = FieldRange.of(
            "codelIntervalNs", AddClassDecoder.codelIntervalNsMinValue(), AddClassDecoder.codelIntervalNsMaxValue());
    private static final FieldRange TOTAL_LONGS = FieldRange.of(
            "totalLongs", SetClassFilterDecoder.totalLongsMinValue(), SetClassFilterDecoder.totalLongsMaxValue());
    private static final FieldRange PACKETS =
            FieldRange.of("packets", SetQuotaDecoder.packetsMinValue(), SetQuotaDecoder.packetsMaxValue());
    private static final FieldRange BYTES =
            FieldRange.of("bytes", SetQuotaDecoder.bytesMinValue(), SetQuotaDecoder.bytesMaxValue());
    private static final TextRange CLASS_NAME =
            new TextRange("name", ClassNameDecoder.lengthMinValue(), ClassNameDecoder.lengthMaxValue());

    private static final Map<CurveDefect, String> REAL_TIME = texts("realTime");
    private static final Map<CurveDefect, String> LINK_SHARE = texts("linkShare");
    private static final Map<CurveDefect, String> UPPER_LIMIT = texts("upperLimit");

    private final SharedLimits limits;
    private final CommandRules common;

    ClassRules(SharedLimits limits, CommandRules common) {
        this.limits = limits;
        this.common = common;
    }

    @Nullable
    String setPortRate(int portId, long rateBitsPerSecond, int overheadBytes) {
        return first(
                common.port(portId),
                PORT_RATE.check(rateBitsPerSecond == 0 || PORT_RATE.contains(rateBitsPerSecond)),
                OVERHEAD_BYTES.check(overheadBytes));
    }

    @Nullable
    String addClass(int classId, int parentClassId, int portId, int interfaceId, ClassSpec spec, CharSequence name) {
        return first(
                first(classId(classId), parentClassId(parentClassId)),
                first(common.port(portId), interfaceId == -1 ? null : common.interfaceId(interfaceId)),
                first(curves(spec), queue(spec)),
                CLASS_NAME.check(name));
    }

    private @Nullable String parentClassId(int parentClassId) {
        return limits.isClassId(parentClassId) ? null : "parentClassId: must be below the limit of the node";
    }

    private static @Nullable String curves(ClassSpec spec) {
        String wrong = curve(spec.realTime(), REAL_TIME);
        if (wrong == null) {
            wrong = curve(spec.linkShare(), LINK_SHARE);
        }
        if (wrong == null) {
            wrong = curve(spec.upperLimit(), UPPER_LIMIT);
        }
        if (wrong != null) {
            return wrong;
        }
        if (!spec.realTime().isPresent() && !spec.linkShare().isPresent()) {
            return "realTime: a class has a real-time or a link-share curve, or both";
        }
        boolean isLimitIdle = spec.upperLimit().isPresent() && !spec.linkShare().isPresent();
        return isLimitIdle ? "upperLimit: limits link share only, and there is no link-share curve" : null;
    }

    private static @Nullable String curve(CurveParameters curve, Map<CurveDefect, String> texts) {
        CurveDefect defect = curve.defect();
        return defect == CurveDefect.NONE ? null : texts.get(defect);
    }

    private static @Nullable String queue(ClassSpec spec) {
        return first(
                QUOTA_ID.check(spec.quotaId()),
                QUEUE_PACKETS.check(spec.queuePackets()),
                QUEUE_BYTES.check(spec.queueBytes()),
                codel(spec));
    }

    private static @Nullable String codel(ClassSpec spec) {
        if (spec.codelTargetNs() == 0 && spec.codelIntervalNs() != 0) {
            return "codelTargetNs: must be positive, or 0 with an interval of 0";
        }
        if (spec.codelIntervalNs() == 0 && spec.codelTargetNs() != 0) {
            return "codelIntervalNs: must be positive, or 0 with a target of 0";
        }
        return first(CODEL_TARGET.check(spec.codelTargetNs()), CODEL_INTERVAL.check(spec.codelIntervalNs()));
    }

    @Nullable
    String classId(int classId) {
        boolean isValid = classId != 0 && limits.isClassId(classId);
        return isValid ? null : "classId: must be positive and below the limit of the node";
    }

    @Nullable
    String setClassFilter(int interfaceId, int defaultClassId, int totalLongs, int firstLong, int count) {
        if (!limits.isClassId(defaultClassId)) {
            return first(common.interfaceId(interfaceId), "defaultClassId: must be below the limit of the node");
        }
        return first(
                common.interfaceId(interfaceId),
                TOTAL_LONGS.check(totalLongs),
                CommandRules.part(totalLongs, firstLong, count));
    }

    @Nullable
    String setQuota(int quotaId, int packets, long bytes) {
        return first(QUOTA_ID.check(quotaId), PACKETS.check(packets), BYTES.check(bytes));
    }

    private static Map<CurveDefect, String> texts(String field) {
        var texts = new EnumMap<CurveDefect, String>(CurveDefect.class);
        for (CurveDefect defect : CurveDefect.values()) {
            texts.put(defect, field + ": " + defect.sentence());
        }
        return texts;
    }
}
