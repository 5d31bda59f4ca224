package io.vireo.bench.report;

import java.util.Arrays;

/** What a figure counts, and which way is better. */
public enum Unit {
    /** Millions of packets per second of one core. */
    MEGA_PACKETS("Mpps", Better.HIGHER),
    /** Millions of table lookups per second. */
    MEGA_LOOKUPS("M lookups/s", Better.HIGHER),
    /** Millions of route changes per second. */
    MEGA_CHANGES("M changes/s", Better.HIGHER),
    /** Millions of operations per second. */
    MEGA_OPERATIONS("M ops/s", Better.HIGHER),
    /** Bytes of memory per route. */
    BYTES_PER_PREFIX("B/prefix", Better.LOWER),
    /** Megabytes, 10^6 bytes. */
    MEGABYTES("MB", Better.LOWER),
    /** Seconds. */
    SECONDS("s", Better.LOWER),
    /** Microseconds. */
    MICROSECONDS("us", Better.LOWER),
    /** Nanoseconds. */
    NANOSECONDS("ns", Better.LOWER),
    /** Nanoseconds of whatever is done over and over. */
    NANOSECONDS_PER_OPERATION("ns/op", Better.LOWER),
    /** Nanoseconds of one core per packet. */
    NANOSECONDS_PER_PACKET("ns/packet", Better.LOWER),
    /** Distance from what was asked for, in percent of it. */
    PERCENT_ERROR("% error", Better.LOWER),
    /** Frames that did not come back, in percent of those offered. */
    PERCENT_LOST("% lost", Better.LOWER),
    /** Frames in one burst. */
    FRAMES("frames", Better.HIGHER);

    /** Which of two figures is the better one. */
    public enum Better {
        /** The larger. */
        HIGHER,
        /** The smaller. */
        LOWER
    }

    private final String symbol;
    private final Better better;

    Unit(String symbol, Better better) {
        this.symbol = symbol;
        this.better = better;
    }

    /** As it is written behind a number. */
    public String symbol() {
        return symbol;
    }

    /** Which way is better. */
    public Better better() {
        return better;
    }

    /**
     * The unit of a symbol.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Unit ofSymbol(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unit: '" + symbol + "' is not known"));
    }
}
