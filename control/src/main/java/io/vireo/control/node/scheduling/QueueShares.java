package io.vireo.control.node.scheduling;

import io.vireo.control.model.Limits;
import io.vireo.control.model.QueueLimits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How long a queue may be that nothing is said of: not longer than an even part of the VPN's buffers at its port. Otherwise
 * a class that is flooded would leave no buffer to its own VPN's voice.
 */
final class QueueShares {
    /** For what drains when classes are removed or moved. */
    private static final int SPARE_LEAVES = 1;

    private static final int MIN_PACKETS = 16;

    private final Set<String> parents = new HashSet<>();
    private final Map<Pool, Integer> leaves = new HashMap<>();
    private final Map<Integer, Integer> quotaPackets = new HashMap<>();

    /** A VPN's buffers at a port. */
    private record Pool(int quotaId, int portId) {
        static Pool of(ClassPlan element) {
            return new Pool(element.quotaId(), element.place().portId());
        }
    }

    private QueueShares() {}

    static QueueShares of(Collection<ClassPlan> classes, QuotaSizes sizes, Collection<QuotaPlan> quotas) {
        QueueShares shares = new QueueShares();
        quotas.forEach(quota ->
                shares.quotaPackets.put(quota.quotaId(), sizes.of(quota).packets()));
        for (ClassPlan element : classes) {
            if (element.parent() != null) {
                shares.parents.add(element.parent());
            }
        }
        for (ClassPlan element : classes) {
            if (!shares.parents.contains(element.key())) {
                shares.leaves.merge(Pool.of(element), 1, Integer::sum);
            }
        }
        return shares;
    }

    /** Shortens the queues that are longer. */
    void applyTo(Map<String, ClassPlan> classes) {
        classes.replaceAll((key, element) -> isToShorten(element) ? shortened(element) : element);
    }

    private boolean isToShorten(ClassPlan element) {
        return element.quotaId() != 0
                && element.queue().packets() == Limits.DEFAULT_QUEUE_PACKETS
                && !parents.contains(element.key());
    }

    private ClassPlan shortened(ClassPlan element) {
        int packets = quotaPackets.getOrDefault(element.quotaId(), 0)
                / (leaves.getOrDefault(Pool.of(element), 0) + SPARE_LEAVES);
        // In powers of two, so that one VPN more does not alter the classes of all others.
        int share = Math.min(Integer.highestOneBit(Math.max(packets, MIN_PACKETS)), Limits.DEFAULT_QUEUE_PACKETS);
        return element.withQueue(new QueueLimits(share, element.queue().bytes()));
    }
}
