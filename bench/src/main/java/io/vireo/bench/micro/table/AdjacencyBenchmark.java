package io.vireo.bench.micro.table;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.NextHops;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Neighbours: what modify reads for each packet, and what the conductor does when it learns one or a route leads to some. */
@State(Scope.Thread)
public class AdjacencyBenchmark {
    private static final int MTU = 1500;
    private static final long MAC = 0x020000000001L;
    private static final long FIRST = 10L << 24;
    private static final int GROUPS = 1024;

    /** How many there are, all on one interface. */
    @Param({"64", "10000", "100000"})
    public int neighbours;

    private final QuiescentState quiescent = new QuiescentState(1);
    private final NextHops pair = new NextHops();
    private AdjacencyTable table;
    private Adjacencies adjacencies;
    private NextHopSets sets;
    private Shuffled picks;
    private long mac = MAC;

    /** Learns them all; each must be found again and lead out. */
    @Setup
    public void learnAll() {
        MeasuredThread.begin();
        InterfaceTable interfaces = new InterfaceTable(1);
        interfaces.defineAccess(0, 0, 0, 0, 0, 1);
        interfaces.setMac(0, MAC);
        interfaces.setMtu(0, MTU);
        interfaces.setState(0, InterfaceTable.UP);
        table = new AdjacencyTable(SpecialNextHops.COUNT + neighbours);
        SpecialNextHops.define(table);
        adjacencies = new Adjacencies(table, interfaces, quiescent);
        sets = new NextHopSets(adjacencies, new NextHopGroups(GROUPS), quiescent);
        picks = new Shuffled(neighbours);
        for (int n = 0; n < neighbours; n++) {
            int adjacency = adjacencies.learn(0, AddressFamily.IPV4, 0, FIRST + n, MAC);
            Expect.count("place of neighbour " + n, SpecialNextHops.COUNT + n, adjacency);
            Expect.count("longest packet to it", MTU, AdjacencyTable.limit(table.record(adjacency)));
        }
        pair.add(0, 0, FIRST, 1).add(0, 0, FIRST + 1, 1);
    }

    /** All that modify reads of the record. */
    @Benchmark
    @OperationsPerInvocation(Shuffled.BATCH)
    public long read() {
        long sum = 0;
        int first = picks.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            long record = table.record(SpecialNextHops.COUNT + picks.number(first + i));
            sum += AdjacencyTable.limit(record)
                    + AdjacencyTable.head(record)
                    + AdjacencyTable.tail(record)
                    + AdjacencyTable.headerBytes(record)
                    + AdjacencyTable.egress(record)
                    + AdjacencyTable.target(record);
        }
        return sum;
    }

    /** A neighbour's MAC changes. */
    @Benchmark
    @OperationsPerInvocation(Shuffled.BATCH)
    public void learn(Blackhole blackhole) {
        mac ^= 1L << 8;
        int first = picks.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            long address = FIRST + picks.number(first + i);
            blackhole.consume(adjacencies.learn(0, AddressFamily.IPV4, 0, address, mac));
        }
    }

    /** A route to two neighbours finds their group, and goes again. */
    @Benchmark
    public int pair() {
        int nextHop = sets.acquire(AddressFamily.IPV4, pair, NextHopSets.NONE);
        sets.release(nextHop);
        quiescent.advance();
        sets.reclaim(Shuffled.BATCH);
        return nextHop;
    }
}
