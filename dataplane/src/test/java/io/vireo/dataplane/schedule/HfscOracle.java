package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * H-FSC, slow and obvious: every choice is a scan, every time an exact quotient rounded down to its unit (1 ns real,
 * 1/256 ns virtual), nothing wraps. It does not choose but checks a choice, and then follows it, so that ties may go
 * either way.
 */
final class HfscOracle {
    private static final BigInteger MAX_LEAD = BigInteger.ONE.shiftLeft(61);
    private static final BigInteger LONG_AGO = BigInteger.ONE.shiftLeft(200).negate();

    private final List<OracleClass> classes = new ArrayList<>();
    private final OracleClass root;
    private final BigInteger slack;
    private final BigInteger tolerance;

    /**
     * @param tolerance by how many units a chosen time may be later than the minimum
     */
    HfscOracle(long slackNs, long tolerance) {
        this.slack = BigInteger.valueOf(slackNs);
        this.tolerance = BigInteger.valueOf(tolerance);
        this.root = new OracleClass(0, null, null, null, null);
        classes.add(root);
    }

    /** Ids are given in order, from 1. */
    void add(int parentId, @Nullable ServiceCurve rt, @Nullable ServiceCurve ls, @Nullable ServiceCurve ul) {
        classes.add(new OracleClass(classes.size(), classes.get(parentId), rt, ls, ul));
    }

    void enqueue(int id, int bytes, long nowNs) {
        OracleClass leaf = classes.get(id);
        leaf.queue.add(bytes);
        if (leaf.queue.size() > 1) {
            return;
        }
        if (leaf.deadline != null) {
            leaf.deadline.update(BigInteger.valueOf(nowNs), leaf.realTimeWork);
        }
        if (leaf.virtual != null) {
            activate(leaf, BigInteger.valueOf(nowNs));
        }
    }

    /** Judges that the real-time criterion chose this leaf at this time, and serves it. */
    void chooseGuaranteed(int id, long nowNs) {
        OracleClass leaf = classes.get(id);
        require(eligible(leaf).compareTo(BigInteger.valueOf(nowNs)) <= 0, "class " + id + " is not eligible");
        BigInteger min = classes.stream()
                .filter(other -> isEligible(other, nowNs))
                .map(HfscOracle::deadline)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        requireMin(deadline(leaf), min, "deadline of class " + id);
        int bytes = leaf.queue.remove();
        leaf.realTimeWork = leaf.realTimeWork.add(BigInteger.valueOf(bytes));
        serve(leaf, bytes, nowNs);
    }

    /** Judges that link share chose this leaf at this time, and serves it. */
    void chooseShared(int id, long nowNs) {
        require(classes.stream().noneMatch(other -> isEligible(other, nowNs)), "an eligible class was skipped");
        BigInteger now = BigInteger.valueOf(nowNs);
        OracleClass leaf = classes.get(id);
        for (OracleClass child : pathTo(leaf)) {
            OracleClass parent = Objects.requireNonNull(child.parent);
            unparkDue(parent, now);
            require(child.active && !child.parked, "class " + child.id + " is not fit");
            BigInteger min = minVirtual(parent);
            requireMin(child.virtualTime, min, "virtual time of class " + child.id);
            parent.system = parent.system.max(min);
        }
        serve(leaf, leaf.queue.remove(), nowNs);
    }

    /** Judges that nothing could be chosen at this time. */
    void chooseNone(long nowNs) {
        BigInteger now = BigInteger.valueOf(nowNs);
        require(classes.stream().noneMatch(other -> isEligible(other, nowNs)), "an eligible class was skipped");
        unparkDue(root, now);
        require(root.fitChildren().isEmpty(), "a fit class was skipped");
    }

    private static List<OracleClass> pathTo(OracleClass leaf) {
        List<OracleClass> path = new ArrayList<>();
        for (OracleClass at = leaf; at != null && at.parent != null; at = at.parent) {
            path.add(0, at);
        }
        return path;
    }

    private static boolean isEligible(OracleClass leaf, long nowNs) {
        return leaf.deadline != null
                && !leaf.queue.isEmpty()
                && eligible(leaf).compareTo(BigInteger.valueOf(nowNs)) <= 0;
    }

    private static BigInteger eligible(OracleClass leaf) {
        return Objects.requireNonNull(leaf.deadline).eligible(leaf.realTimeWork);
    }

    private static BigInteger deadline(OracleClass leaf) {
        BigInteger end = leaf.realTimeWork.add(BigInteger.valueOf(leaf.queue.element()));
        return Objects.requireNonNull(leaf.deadline).inverse(end);
    }

    private void activate(OracleClass leaf, BigInteger now) {
        OracleClass child = leaf;
        while (child.parent != null) {
            boolean wasActive = child.parent.hasActiveChildren();
            join(child, child.parent, now);
            child = child.parent;
            if (wasActive) {
                refit(child, now);
                return;
            }
        }
    }

    private void join(OracleClass child, OracleClass parent, BigInteger now) {
        refreshSystem(parent);
        OracleCurve virtual = Objects.requireNonNull(child.virtual);
        virtual.update(parent.system, child.total);
        child.virtualTime = virtual.inverse(child.total);
        if (child.limit != null) {
            child.limit.update(now.subtract(slack), child.total);
        }
        child.active = true;
        child.parked = fitTime(child).compareTo(now) > 0;
    }

    private void serve(OracleClass leaf, int bytes, long nowNs) {
        BigInteger now = BigInteger.valueOf(nowNs);
        boolean isLeaving = leaf.queue.isEmpty();
        for (OracleClass child = leaf; child.parent != null; child = child.parent) {
            child.total = child.total.add(BigInteger.valueOf(bytes));
            if (!child.active) {
                isLeaving = false;
                continue;
            }
            if (isLeaving) {
                leave(child, child.parent);
            } else {
                catchUp(child, child.parent);
                if (child.limit != null) {
                    child.limit.trail(now.subtract(slack), child.total);
                }
                place(child, child.parent, now);
            }
            isLeaving = isLeaving && !child.parent.hasActiveChildren();
        }
    }

    private void leave(OracleClass child, OracleClass parent) {
        refreshSystem(parent);
        catchUp(child, parent);
        parent.furthestLeft = parent.furthestLeft.max(child.virtualTime);
        child.active = false;
        child.parked = false;
        if (!parent.hasActiveChildren()) {
            parent.system = parent.system.max(parent.furthestLeft);
        }
    }

    private void catchUp(OracleClass child, OracleClass parent) {
        child.virtualTime = Objects.requireNonNull(child.virtual).inverse(child.total);
        if (child.parked) {
            lift(child, parent);
        } else if (child.virtualTime.subtract(parent.system).compareTo(MAX_LEAD) > 0) {
            curb(child, parent);
        }
    }

    private void curb(OracleClass child, OracleClass parent) {
        refreshSystem(parent);
        BigInteger beyond = child.virtualTime.subtract(parent.system.add(MAX_LEAD));
        if (beyond.signum() > 0) {
            shift(child, beyond.negate());
        }
    }

    private void lift(OracleClass child, OracleClass parent) {
        BigInteger behind = parent.system.subtract(child.virtualTime);
        if (behind.signum() > 0) {
            shift(child, behind);
        }
    }

    private static void shift(OracleClass child, BigInteger by) {
        Objects.requireNonNull(child.virtual).delay(by);
        child.virtualTime = child.virtualTime.add(by);
    }

    private void refit(OracleClass from, BigInteger now) {
        for (OracleClass child = from; child.parent != null && child.active; child = child.parent) {
            place(child, child.parent, now);
        }
    }

    private void place(OracleClass child, OracleClass parent, BigInteger now) {
        boolean isFit = fitTime(child).compareTo(now) <= 0;
        if (child.parked && isFit) {
            refreshSystem(parent);
            child.parked = false;
            lift(child, parent);
        }
        child.parked = !isFit;
    }

    private void unparkDue(OracleClass parent, BigInteger now) {
        refreshSystem(parent);
        for (OracleClass child : parent.parkedChildren()) {
            if (fitTime(child).compareTo(now) <= 0) {
                child.parked = false;
                lift(child, parent);
            }
        }
    }

    private void refreshSystem(OracleClass parent) {
        if (!parent.fitChildren().isEmpty()) {
            parent.system = parent.system.max(minVirtual(parent));
        }
    }

    private static BigInteger minVirtual(OracleClass parent) {
        return parent.fitChildren().stream()
                .map(child -> child.virtualTime)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError("no fit child of class " + parent.id));
    }

    private static BigInteger fitTime(OracleClass child) {
        BigInteger own = child.limit == null ? LONG_AGO : child.limit.inverse(child.total);
        if (child.children.isEmpty() || !child.fitChildren().isEmpty()) {
            return own;
        }
        return child.parkedChildren().stream()
                .map(HfscOracle::fitTime)
                .min(Comparator.naturalOrder())
                .orElse(own)
                .max(own);
    }

    private void requireMin(BigInteger chosen, BigInteger min, String what) {
        require(chosen.subtract(min).compareTo(tolerance) <= 0, what + " is " + chosen + ", but the minimum is " + min);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
