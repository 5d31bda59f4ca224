package io.vireo.control.node.scheduling;

import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.CoDel;
import io.vireo.control.model.Curve;
import io.vireo.control.model.QueueLimits;
import io.vireo.control.view.InterfacePath;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import org.jspecify.annotations.Nullable;

/**
 * A class of a port's scheduling tree as it shall be.
 *
 * @param key {@code VPN/ROUTER/INTERFACE} for an interface's own class, {@code VPN/ROUTER/INTERFACE:CLASS} below it
 * @param parent key of the class above, or null when that is the port
 * @param parentClassId 0 when it is the port
 * @param name the class's, or the interface's for its own class
 * @param curves in a finished plan, with at least one by which it can send
 * @param quotaId whose buffers it uses, 0 = everybody's
 */
public record ClassPlan(
        String key,
        int classId,
        @Nullable String parent,
        int parentClassId,
        Place place,
        String name,
        ClassCurves curves,
        QueueLimits queue,
        @Nullable CoDel codel,
        int quotaId) {

    /** What a class keeps for its life: whose packets it is for, and where they leave. */
    public record Place(InterfacePath owner, int interfaceId, String portName, int portId) {
        /** {@code VPN/ROUTER/INTERFACE}. */
        public String interfaceKey() {
            return owner.toString();
        }
    }

    /** Whether the data plane can turn the one into the other without removing it. */
    boolean isSamePlace(ClassPlan other) {
        return classId == other.classId && place.equals(other.place);
    }

    ClassPlan withLinkShare(Curve share) {
        return new ClassPlan(
                key, classId, parent, parentClassId, place, name, curves.withLinkShare(share), queue, codel, quotaId);
    }

    ClassPlan withQueue(QueueLimits limits) {
        return new ClassPlan(key, classId, parent, parentClassId, place, name, curves, limits, codel, quotaId);
    }

    /** What the data plane is told of it, apart from its place and parent. */
    public void into(ClassSpec spec) {
        spec.clear().queue(queue.packets(), queue.bytes()).quota(quotaId);
        ServiceCurve realTime = service(curves.realTime());
        if (realTime != null) {
            spec.realTime(realTime);
        }
        ServiceCurve linkShare = service(curves.linkShare());
        if (linkShare != null) {
            spec.linkShare(linkShare);
        }
        ServiceCurve upperLimit = service(curves.upperLimit());
        if (upperLimit != null) {
            spec.upperLimit(upperLimit);
        }
        if (codel != null) {
            spec.codel(codel.target().ns(), codel.interval().ns());
        }
    }

    private static @Nullable ServiceCurve service(@Nullable Curve curve) {
        return curve == null ? null : curve.service();
    }

    /** By what its refusal is known. */
    public String subject() {
        return subject(key);
    }

    /** By what the refusal of a class is known: an interface is not its class. */
    public static String subject(String key) {
        return "class " + key;
    }
}
