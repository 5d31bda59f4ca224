package io.vireo.bench.schedule;

/** The clock of a scheduler. One thread. */
interface LinkClock {
    /** Now, in nanoseconds. */
    long nowNs();

    /** Packets were put on the wire. */
    void onSent(int packets);

    /** The real time, since the clock was made. */
    static LinkClock real() {
        return new LinkClock() {
            private final long startNs = System.nanoTime();

            @Override
            public long nowNs() {
                return System.nanoTime() - startNs;
            }

            @Override
            public void onSent(int packets) {
                // Time goes on by itself.
            }
        };
    }

    /** A link of {@code rate} bit/s that is always busy: time goes on by what each burst takes on the wire. */
    static LinkClock ofBusyLink(long rate) {
        return new LinkClock() {
            private long nowNs;

            @Override
            public long nowNs() {
                return nowNs;
            }

            @Override
            public void onSent(int packets) {
                nowNs += Math.max(1, packets * (Load.WIRE_BYTES * 8_000_000_000L) / rate);
            }
        };
    }
}
