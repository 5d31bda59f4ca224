package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class of {@link HfscOracle}: plain fields, by the paper's symbols. */
final class OracleClass {
    final int id;
    final @Nullable OracleClass parent;
    final List<OracleClass> children = new ArrayList<>();
    final Deque<Integer> queue = new ArrayDeque<>();
    final @Nullable OracleCurve deadline;
    final @Nullable OracleCurve virtual;
    final @Nullable OracleCurve limit;

    /** c, bytes by the real-time criterion. */
    BigInteger realTimeWork = BigInteger.ZERO;
    /** w, bytes by both. */
    BigInteger total = BigInteger.ZERO;
    /** v. */
    BigInteger virtualTime = BigInteger.ZERO;
    /** v^s of the children. */
    BigInteger system = BigInteger.ZERO;
    /** The greatest virtual time at which a child left in this busy period. */
    BigInteger furthestLeft = BigInteger.ZERO;

    boolean active;
    boolean parked;

    OracleClass(
            int id,
            @Nullable OracleClass parent,
            @Nullable ServiceCurve realTime,
            @Nullable ServiceCurve linkShare,
            @Nullable ServiceCurve upperLimit) {
        this.id = id;
        this.parent = parent;
        this.deadline = curve(realTime, FixedPoint.REAL_BITS);
        this.virtual = curve(linkShare, FixedPoint.VIRTUAL_BITS);
        this.limit = curve(upperLimit, FixedPoint.REAL_BITS);
        if (parent != null) {
            parent.children.add(this);
        }
    }

    private static @Nullable OracleCurve curve(@Nullable ServiceCurve curve, int fractionBits) {
        return curve == null ? null : new OracleCurve(curve, fractionBits, BigInteger.ZERO);
    }

    boolean hasActiveChildren() {
        return children.stream().anyMatch(child -> child.active);
    }

    List<OracleClass> fitChildren() {
        return children.stream().filter(child -> child.active && !child.parked).toList();
    }

    List<OracleClass> parkedChildren() {
        return children.stream().filter(child -> child.parked).toList();
    }
}
