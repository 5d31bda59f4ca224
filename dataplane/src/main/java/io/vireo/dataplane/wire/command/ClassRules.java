package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.schedule.policy.CurveDefect;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of commands about classes must satisfy, whatever the state of the data plane; as {@link
 * CommandRules}. Immutable, no allocation.
 */
final class ClassRules {
    static final int MAX_CLASS_NAME = 63;
    static final int MAX_OVERHEAD_BYTES = 256;

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
        String wrong = common.port(portId);
        if (wrong != null) {
            return wrong;
        }
        boolean isRate = rateBitsPerSecond >= ServiceCurve.MIN_RATE && rateBitsPerSecond <= ServiceCurve.MAX_RATE;
        if (rateBitsPerSecond != 0 && !isRate) {
            return "rateBitsPerSecond: must be 0, or from 8 kb/s to 1.6 Tb/s";
        }
        boolean isOverhead = overheadBytes >= 0 && overheadBytes <= MAX_OVERHEAD_BYTES;
        return isOverhead ? null : "overheadBytes: must be 0..256";
    }

    @Nullable
    String addClass(int classId, int parentClassId, int portId, int interfaceId, ClassSpec spec, CharSequence name) {
        String wrong = classId(classId);
        if (wrong == null && (parentClassId < 0 || parentClassId >= limits.maxClasses())) {
            wrong = "parentClassId: must be below the limit of the node";
        }
        if (wrong == null) {
            wrong = common.port(portId);
        }
        if (wrong == null && interfaceId != -1) {
            wrong = common.interfaceId(interfaceId);
        }
        if (wrong == null) {
            wrong = curves(spec);
        }
        if (wrong == null) {
            wrong = queue(spec);
        }
        if (wrong != null) {
            return wrong;
        }
        return CommandRules.isText(name, MAX_CLASS_NAME) ? null : "name: must be 1..63 printable ASCII characters";
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

    private static @Nullable String curve(ClassSpec.Curve curve, Map<CurveDefect, String> texts) {
        if (!curve.isPresent()) {
            return null;
        }
        CurveDefect defect =
                CurveDefect.of(curve.firstRateBitsPerSecond(), curve.firstSpanNs(), curve.secondRateBitsPerSecond());
        return defect == CurveDefect.NONE ? null : texts.get(defect);
    }

    private static @Nullable String queue(ClassSpec spec) {
        if (!isQuotaId(spec.quotaId())) {
            return "quotaId: must be 0..4095";
        }
        if (spec.queuePackets() < 1) {
            return "queuePackets: must be positive";
        }
        if (spec.queueBytes() < 1) {
            return "queueBytes: must be positive";
        }
        if (spec.codelTargetNs() < 0 || (spec.codelTargetNs() == 0 && spec.codelIntervalNs() != 0)) {
            return "codelTargetNs: must be positive, or 0 with an interval of 0";
        }
        boolean isInterval = spec.codelIntervalNs() >= 0 && (spec.codelIntervalNs() > 0 || spec.codelTargetNs() == 0);
        return isInterval ? null : "codelIntervalNs: must be positive, or 0 with a target of 0";
    }

    @Nullable
    String classId(int classId) {
        return classId >= 1 && classId < limits.maxClasses()
                ? null
                : "classId: must be positive and below the limit of the node";
    }

    @Nullable
    String setClassFilter(int interfaceId, int defaultClassId, int totalLongs, int firstLong, int count) {
        String wrong = common.interfaceId(interfaceId);
        if (wrong != null) {
            return wrong;
        }
        if (defaultClassId < 0 || defaultClassId >= limits.maxClasses()) {
            return "defaultClassId: must be below the limit of the node";
        }
        if (totalLongs < 0 || totalLongs > SharedLayout.MAX_FILTER_LONGS) {
            return "totalLongs: must be 0..65536";
        }
        if (firstLong < 0 || firstLong > totalLongs) {
            return "firstLong: must lie within the image";
        }
        boolean isPart = count <= totalLongs - firstLong && (count > 0 || totalLongs == 0);
        return isPart ? null : "image: the part must lie within the image, and not be empty";
    }

    @Nullable
    String setQuota(int quotaId, int packets, long bytes) {
        if (!isQuotaId(quotaId)) {
            return "quotaId: must be 0..4095";
        }
        if (packets < 0) {
            return "packets: must not be negative";
        }
        return bytes < 0 ? "bytes: must not be negative" : null;
    }

    private static boolean isQuotaId(int quotaId) {
        return quotaId >= 0 && quotaId < SharedLayout.MAX_QUOTAS;
    }

    private static Map<CurveDefect, String> texts(String field) {
        var texts = new EnumMap<CurveDefect, String>(CurveDefect.class);
        for (CurveDefect defect : CurveDefect.values()) {
            texts.put(defect, field + ": " + defect.sentence());
        }
        return texts;
    }
}
