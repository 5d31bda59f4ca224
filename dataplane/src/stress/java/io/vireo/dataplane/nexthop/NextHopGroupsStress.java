package io.vireo.dataplane.nexthop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.TableLimits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A group's row, published by the route that leads to it. */
@JCStressTest
@Description("The conductor defines a group and points a route at it while a worker looks the route up.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The old next hop.")
@Outcome(id = "5, 6", expect = ACCEPTABLE, desc = "The group: the buckets of both its members are filled.")
@State
public class NextHopGroupsStress {
    private static final Slots SLOTS = new Slots();
    private static final NextHopGroups GROUPS = new NextHopGroups(Slots.COUNT);
    private static final Ipv4Fib FIB =
            new Ipv4Fib(new TableLimits().maxTables(Slots.COUNT).maxRoutes(4 * Slots.COUNT), new QuiescentState(0));
    private static final int[] ADJACENCIES = row(5, 6);
    private static final int[] STALE = row(0, 0);
    private static final int OLD = 1;
    private static final int FIRST_SLOT = 0;
    private static final int SECOND_SLOT = 1 << 22;

    static {
        for (int n = 0; n < Slots.COUNT; n++) {
            FIB.put(FIB.newTable(), 0, 0, OLD, 0);
        }
    }

    private static int[] row(int even, int odd) {
        int[] row = new int[NextHopGroups.BUCKETS];
        for (int b = 0; b < row.length; b += 2) {
            row[b] = even;
            row[b + 1] = odd;
        }
        return row;
    }

    private final int slot = SLOTS.next();

    @Actor
    public void conductor() {
        GROUPS.define(slot, ADJACENCIES);
        FIB.put(slot, 0, 0, NextHopGroups.nextHopOf(slot), 0);
    }

    @Actor
    public void worker(II_Result r) {
        int nextHop = FIB.lookup(slot, 0x0a000001);
        boolean isGroup = NextHopGroups.isGroup(nextHop);
        r.r1 = isGroup ? GROUPS.member(nextHop, FIRST_SLOT) : nextHop;
        r.r2 = isGroup ? GROUPS.member(nextHop, SECOND_SLOT) : nextHop;
    }

    /** Both tables have a single writer, and arbiters run in several threads. */
    @Arbiter
    public void reset(II_Result r) {
        synchronized (FIB) {
            FIB.put(slot, 0, 0, OLD, 0);
            GROUPS.define(slot, STALE);
        }
    }
}
