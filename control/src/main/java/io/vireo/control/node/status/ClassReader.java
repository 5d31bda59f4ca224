package io.vireo.control.node.status;

import io.vireo.control.model.Curve;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.scheduling.ClassPlan;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.CurveStatus;
import io.vireo.control.view.DelayStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.counters.ClassCounts;
import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a picture of the classes: what was promised to each, and what it counted. Only the node agent's thread uses it. */
public final class ClassReader {
    private static final ClassCounts NO_COUNTS =
            new ClassCounts(0, 0, 0, 0, 0, 0, 0, 0, new long[1 + ClassDropReason.values().length]);

    private final NodePlan plan;
    private final @Nullable DataplaneSession session;
    private final int[] delays = new int[DelayBuckets.COUNT];

    /** @param session the data plane that counts, or null while there is none */
    public ClassReader(NodePlan plan, @Nullable DataplaneSession session) {
        this.plan = plan;
        this.session = session;
    }

    /** The classes of an interface, or with null of all, parents before their children. */
    public List<ClassStatus> read(@Nullable String interfaceKey) {
        return plan.scheduling().classes().values().stream()
                .filter(classPlan ->
                        interfaceKey == null || classPlan.place().interfaceKey().equals(interfaceKey))
                .map(this::status)
                .toList();
    }

    private ClassStatus status(ClassPlan classPlan) {
        InterfacePath path = classPlan.place().owner();
        ClassCounts counts = session == null ? NO_COUNTS : session.statistics().classCounts(classPlan.classId());
        return new ClassStatus(
                classPlan.key(),
                classPlan.parent(),
                classPlan.classId(),
                classPlan.place().portName(),
                path.vpn(),
                path.router(),
                path.interfaceName(),
                classPlan.name(),
                curve(classPlan.curves().realTime()),
                curve(classPlan.curves().linkShare()),
                curve(classPlan.curves().upperLimit()),
                counts.generation(),
                counts.sentPackets(),
                counts.sentBytes(),
                counts.wireBytes(),
                counts.guaranteedWireBytes(),
                counts.markedPackets(),
                counts.queuedPackets(),
                counts.queuedBytes(),
                ClassStatus.dropsOf(path, counts),
                delays(classPlan));
    }

    private DelayStatus delays(ClassPlan classPlan) {
        if (session == null) {
            return DelayStatus.NONE;
        }
        session.statistics().classDelays(classPlan.classId(), delays);
        return DelayStatus.of(delays);
    }

    private static @Nullable CurveStatus curve(@Nullable Curve curve) {
        if (curve == null) {
            return null;
        }
        ServiceCurve service = curve.service();
        return new CurveStatus(
                service.firstRateBitsPerSecond(), service.firstSpanNs(), service.secondRateBitsPerSecond());
    }
}
