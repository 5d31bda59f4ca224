package io.vireo.dataplane.interfaces;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.wire.code.VnsOption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Interfaces that are found by a VPN-ID: chained while workers look them up. */
public final class VpnIdTableStress {
    private static final int ROUTER = 7;

    private VpnIdTableStress() {}

    @JCStressTest
    @Description("The conductor adds an interface while a worker looks it up by its VPN-ID, and then in its list.")
    @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "Not yet there: the packet is dropped.")
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "There by the second look.")
    @Outcome(
            id = "7, 0",
            expect = ACCEPTABLE,
            desc = "In its chain, which comes first, and not in its list yet: all of its record is seen.")
    @Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "There: all of its record is seen.")
    @State
    public static class Added {
        private static final Slots SLOTS = new Slots();
        private static final InterfaceTable INTERFACES = new InterfaceTable(Slots.COUNT);
        private static final VpnIdTable TABLE = new VpnIdTable(INTERFACES, Slots.COUNT / PortVlanTable.VLANS);

        private final int id = SLOTS.next();
        private final int port = id / PortVlanTable.VLANS;
        private final int vlan = id % PortVlanTable.VLANS;

        @Actor
        public void conductor() {
            INTERFACES.defineAccess(id, ROUTER, 0, 0, port, vlan);
            INTERFACES.setMarking(id, VnsOption.EXPERIMENTAL, id);
            TABLE.add(id);
        }

        @Actor
        public void worker(II_Result r) {
            int found = TABLE.find(port, vlan, id);
            r.r1 = found < 0 ? -1 : InterfaceTable.router(INTERFACES.record(found));
            r.r2 = TABLE.first(port, vlan) == id ? 1 : 0;
        }

        /** The table has a single writer, and arbiters run in several threads. */
        @Arbiter
        public void reset(II_Result r) {
            synchronized (TABLE) {
                TABLE.remove(id);
                INTERFACES.defineAccess(id, 0, 0, 0, port, vlan);
            }
        }
    }
}
