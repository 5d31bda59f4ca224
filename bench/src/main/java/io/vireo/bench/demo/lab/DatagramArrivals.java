package io.vireo.bench.demo.lab;

import java.util.BitSet;

/** Which numbered datagrams have arrived, and how long it was silent between them. One thread at a time. */
final class DatagramArrivals {
    private final BitSet numbers = new BitSet();
    private int duplicates;
    private long lastNs;
    private long maxSilenceNs;

    /** Datagram {@code number} arrived at {@code nowNs}, not before the one reported last. */
    void onArrival(int number, long nowNs) {
        if (numbers.isEmpty()) {
            lastNs = nowNs;
        }
        if (numbers.get(number)) {
            duplicates++;
        }
        numbers.set(number);
        maxSilenceNs = Math.max(maxSilenceNs, nowNs - lastNs);
        lastNs = nowNs;
    }

    /** The balance, given that {@code sent} datagrams were sent. */
    NumberedStream.Report report(int sent) {
        return new NumberedStream.Report(sent, numbers.cardinality(), duplicates, maxSilenceNs);
    }
}
