package io.vireo.bench.micro.table;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.PortVlanTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From port and VLAN to interface, its virtual router and its tables: what classify asks for each packet. */
@State(Scope.Thread)
public class InterfaceTableBenchmark {
    private static final int PORTS = 32;
    private static final int VLANS_PER_PORT = 4_000;
    private static final long MAC = 0x020000000001L;

    /** How many there are; frames come in by each equally often. */
    @Param({"2", "2000", "20000"})
    public int interfaces;

    private InterfaceTable table;
    private PortVlanTable colours;
    private Shuffled arrivals;

    /** Defines them all, each of a router of its own; the sum over a batch of frames must be right. */
    @Setup
    public void define() {
        MeasuredThread.begin();
        table = new InterfaceTable(interfaces);
        colours = new PortVlanTable(PORTS);
        arrivals = new Shuffled(interfaces);
        for (int id = 0; id < interfaces; id++) {
            table.defineAccess(id, id, id, id, port(id), vlan(id));
            table.setMac(id, MAC);
            table.setState(id, InterfaceTable.UP);
            colours.put(port(id), vlan(id), id);
        }
        long expected = 0;
        int first = arrivals.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            int id = arrivals.number(first + i);
            expected += 2L * id + InterfaceTable.macMatch(table.record(id));
        }
        arrivals = new Shuffled(interfaces);
        Expect.count("sum over routers, tables and admissions", expected, find());
    }

    private static int port(int interfaceId) {
        return interfaceId / VLANS_PER_PORT;
    }

    private static int vlan(int interfaceId) {
        return 1 + interfaceId % VLANS_PER_PORT;
    }

    @Benchmark
    @OperationsPerInvocation(Shuffled.BATCH)
    public long find() {
        long sum = 0;
        int first = arrivals.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            int arrival = arrivals.number(first + i);
            long record = table.record(colours.interfaceOf(port(arrival), vlan(arrival)));
            sum += InterfaceTable.macMatch(record) + InterfaceTable.router(record) + InterfaceTable.table4(record);
        }
        return sum;
    }
}
