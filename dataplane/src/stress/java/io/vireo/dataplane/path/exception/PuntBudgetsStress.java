package io.vireo.dataplane.path.exception;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.wire.code.PuntClass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The punt budget of a class of a router, which all workers and interfaces share. */
@JCStressTest
@Description("Two workers punt a packet each, of two interfaces of a router that may punt one at once.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The first worker's packet conforms.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The second worker's packet conforms.")
@State
public class PuntBudgetsStress {
    private static final Slots ROUTERS = new Slots();
    private static final PuntBudgets BUDGETS = new PuntBudgets(Slots.COUNT, 2);
    private static final int CLASS = PuntClass.LOCAL.code();
    private static final long YEAR_NS = 365L * 24 * 3600 * 1_000_000_000;

    private static long nowNs;

    private final int router = ROUTERS.next();
    private final long arrivalNs;

    /** Slots are used again: a year later every bucket is full. */
    public PuntBudgetsStress() {
        BUDGETS.limit(router, 1, 1);
        BUDGETS.limitClass(router, CLASS, 1, 1, 0, 0);
        synchronized (ROUTERS) {
            nowNs += YEAR_NS / Slots.COUNT;
            arrivalNs = nowNs;
        }
    }

    @Actor
    public void first(II_Result r) {
        r.r1 = police(0);
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = police(1);
    }

    private int police(int interfaceId) {
        return BUDGETS.police(interfaceId, router, CLASS, arrivalNs) == PuntBudgets.EXCESS ? 1 : 0;
    }
}
