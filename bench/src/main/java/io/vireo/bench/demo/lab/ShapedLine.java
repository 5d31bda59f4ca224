package io.vireo.bench.demo.lab;

import io.vireo.control.model.Bandwidth;

/** The shaped line between the first and the second sites of blue and red, by numbers. */
public final class ShapedLine {
    /** Rate of the line, bit/s. */
    public static final long BITS_PER_SECOND = bitsPerSecond(DemoConfiguration.LINE_RATE);

    /** What blue is guaranteed, bit/s. */
    public static final long BLUE_BITS_PER_SECOND = bitsPerSecond(DemoConfiguration.BLUE_RATE);

    /** What red is guaranteed, bit/s. */
    public static final long RED_BITS_PER_SECOND = bitsPerSecond(DemoConfiguration.RED_RATE);

    /** Blue's own class. */
    public static final String BLUE_CLASS = "blue/r1/line";

    /** Red's own class. */
    public static final String RED_CLASS = "red/r1/line";

    /** Blue's class for voice. */
    public static final String VOICE_CLASS = BLUE_CLASS + ":voice";

    /** Blue's class for everything else. */
    public static final String BULK_CLASS = BLUE_CLASS + ":bulk";

    /** By what a frame is longer here than at a host's interface: VLAN tag; preamble, FCS and gap. */
    public static final int OVERHEAD_BYTES = 4 + 24;

    /** By what it is longer than the payload of a UDP datagram: IPv4, UDP and Ethernet headers too. */
    public static final int UDP_OVERHEAD_BYTES = 20 + 8 + 14 + OVERHEAD_BYTES;

    /** Bytes of the longest frame here. */
    public static final int MAX_FRAME_BYTES = 1_500 + 14 + OVERHEAD_BYTES;

    private ShapedLine() {}

    private static long bitsPerSecond(String rate) {
        return Bandwidth.parse(rate).bitsPerSecond();
    }
}
