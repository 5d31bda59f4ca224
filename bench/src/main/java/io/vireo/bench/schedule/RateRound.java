package io.vireo.bench.schedule;

import io.vireo.bench.report.NotMeasuredException;
import java.util.Arrays;

/**
 * How far a shaped scheduler's output is from what was configured, by the real clock, all classes backlogged.
 *
 * @param port of the whole port, percent
 * @param worstVpn of the VPN that is furthest from its part, percent
 */
record RateRound(double port, double worstVpn) {
    private static final long SETTLING_NS = 500_000_000L;

    /** Measures for so long. */
    static RateRound run(String name, PacketScheduler scheduler, Load load, Packets packets, long lengthNs) {
        PacketLoop loop = new PacketLoop(name, scheduler, load);
        loop.fill(packets.all());
        long[] sent = new long[load.vpns()];
        count(loop, sent, SETTLING_NS);
        Arrays.fill(sent, 0);
        long tookNs = count(loop, sent, lengthNs);
        loop.drain(packets.all());
        double expected = load.linkRate() / (Load.WIRE_BYTES * 8.0) * tookNs / 1e9;
        double total = (double) Arrays.stream(sent).sum();
        if (total == 0) {
            throw new NotMeasuredException(name + " sent nothing");
        }
        double worst = Arrays.stream(sent)
                .mapToDouble(packetsOfVpn -> error((double) packetsOfVpn, expected / load.vpns()))
                .max()
                .orElseThrow();
        return new RateRound(error(total, expected), worst);
    }

    /** Counts packets by the VPN whose class they left, and returns how long it took. */
    private static long count(PacketLoop loop, long[] sent, long lengthNs) {
        long startNs = System.nanoTime();
        long nowNs = startNs;
        while (nowNs - startNs < lengthNs) {
            int count = loop.step();
            for (int i = 0; i < count; i++) {
                sent[Load.vpnOf(loop.dequeuedLeaf(i))]++;
            }
            nowNs = System.nanoTime();
        }
        return nowNs - startNs;
    }

    private static double error(double actual, double expected) {
        return 100 * Math.abs(actual / expected - 1);
    }
}
