package io.vireo.dataplane.interfaces;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * An interface's record, read plainly by the workers: by the MAC match, the state, or the port/VLAN table.
 *
 * <p>A plain load is no acquire. It is enough here because the loads that follow stand behind a branch on the first, or have
 * their address out of it: HotSpot moves no off-heap load above either, and x86 does not reorder loads. These cases are what
 * would show it if a compiler did; another architecture needs acquires in {@link InterfaceTable}.
 */
public final class InterfaceTableStress {
    private static final Slots SLOTS = new Slots();
    private static final InterfaceTable INTERFACES = new InterfaceTable(Slots.COUNT);
    private static final int PORTS = Slots.COUNT / PortVlanTable.VLANS;
    private static final PortVlanTable PORT_VLANS = new PortVlanTable(PORTS);

    private static final long MAC = 0x02_00_00_00_00_11L;
    private static final long OTHER_MAC = 0x06_ff_ff_ff_ff_99L;
    private static final int ROUTER = 5;
    private static final int TABLE4 = 6;
    private static final int TABLE6 = 7;
    private static final int MTU = 1500;

    private InterfaceTableStress() {}

    /** As the first eight bytes of a frame to the MAC are loaded. */
    private static long firstWord(long mac) {
        return Long.reverseBytes(mac << Short.SIZE);
    }

    /** Adds up what {@link OneInterface#define} stores, 1518; a part that is not seen is 0. */
    private static int readRecord(long record) {
        return InterfaceTable.router(record)
                + InterfaceTable.table4(record)
                + InterfaceTable.table6(record)
                + InterfaceTable.mtu(record);
    }

    /** An interface of its own for each state. */
    abstract static class OneInterface {
        final int id = SLOTS.next();
        final long record = INTERFACES.record(id);

        final void clear() {
            INTERFACES.setState(id, InterfaceTable.ABSENT);
            INTERFACES.defineAccess(id, 0, 0, 0, 0, 0);
            INTERFACES.setMtu(id, 0);
            INTERFACES.setMac(id, 0);
        }

        final void define() {
            INTERFACES.defineAccess(id, ROUTER, TABLE4, TABLE6, 0, 0);
            INTERFACES.setMac(id, MAC);
            INTERFACES.setMtu(id, MTU);
        }
    }

    @JCStressTest
    @Description(
            "The conductor brings an interface up while a worker compares a frame's destination with its MAC match.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Not yet up: the frame takes the slow path.")
    @Outcome(id = "1518", expect = ACCEPTABLE, desc = "Up: router, tables and MTU are all seen.")
    @State
    public static class ComesUpByMacMatch extends OneInterface {
        public ComesUpByMacMatch() {
            clear();
        }

        @Actor
        public void conductor() {
            define();
            INTERFACES.setState(id, InterfaceTable.UP);
        }

        @Actor
        public void worker(I_Result r) {
            if (InterfaceTable.macMatch(record) == InterfaceTable.destinationMatch(firstWord(MAC))) {
                r.r1 = readRecord(record);
            }
        }
    }

    @JCStressTest
    @Description("The conductor brings an interface up while a worker looks at its state.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Not yet up: the frame is dropped.")
    @Outcome(id = "1518", expect = ACCEPTABLE, desc = "Up: router, tables and MTU are all seen.")
    @State
    public static class ComesUpByState extends OneInterface {
        public ComesUpByState() {
            clear();
        }

        @Actor
        public void conductor() {
            define();
            INTERFACES.setState(id, InterfaceTable.UP);
        }

        @Actor
        public void worker(I_Result r) {
            if (InterfaceTable.state(record) == InterfaceTable.UP) {
                r.r1 = readRecord(record);
            }
        }
    }

    @JCStressTest
    @Description("The conductor gives a port and VLAN to an interface while a worker looks one up.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Nobody's yet: the frame is dropped.")
    @Outcome(id = "1518", expect = ACCEPTABLE, desc = "The interface's: its record is complete.")
    @State
    public static class FoundByPortAndVlan extends OneInterface {
        private final int port = id / PortVlanTable.VLANS;
        private final int vlan = id % PortVlanTable.VLANS;

        public FoundByPortAndVlan() {
            clear();
            PORT_VLANS.remove(port, vlan);
        }

        @Actor
        public void conductor() {
            define();
            INTERFACES.setState(id, InterfaceTable.UP);
            PORT_VLANS.put(port, vlan, id);
        }

        @Actor
        public void worker(I_Result r) {
            int found = PORT_VLANS.interfaceOf(port, vlan);
            if (found >= 0) {
                r.r1 = readRecord(INTERFACES.record(found));
            }
        }
    }

    @JCStressTest
    @Description(
            "The conductor changes the MAC of an interface that is up; a worker compares frames to the old and the new.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The old MAC.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The new MAC.")
    @State
    public static class MacChanges extends OneInterface {
        public MacChanges() {
            clear();
            define();
            INTERFACES.setState(id, InterfaceTable.UP);
        }

        @Actor
        public void conductor() {
            INTERFACES.setMac(id, OTHER_MAC);
        }

        @Actor
        public void worker(II_Result r) {
            long match = InterfaceTable.macMatch(record);
            r.r1 = match == InterfaceTable.destinationMatch(firstWord(MAC)) ? 1 : 0;
            r.r2 = match == InterfaceTable.destinationMatch(firstWord(OTHER_MAC)) ? 1 : 0;
        }
    }
}
