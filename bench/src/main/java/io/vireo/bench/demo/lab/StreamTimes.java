package io.vireo.bench.demo.lab;

import io.vireo.bench.pcap.PcapFile;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the datagrams of a {@link NumberedStream} were sent and when they arrived, by number, as captures at both hosts
 * saw it: by the kernel's clock, so that it does not matter when a reading thread is scheduled.
 *
 * @param sentNs ns since 1970 UTC
 * @param arrivedNs likewise, by the same clock
 */
public record StreamTimes(Map<Integer, Long> sentNs, Map<Integer, Long> arrivedNs) {
    private static final int PROTOCOL_OFFSET = 23;
    private static final int DESTINATION_PORT_OFFSET = 36;
    private static final int NUMBER_OFFSET = 42;
    private static final int UDP = 17;
    private static final int BITS_PER_BYTE = 8;
    private static final long NS_PER_SECOND = 1_000_000_000;

    /** Copies the times. */
    public StreamTimes {
        sentNs = Map.copyOf(sentNs);
        arrivedNs = Map.copyOf(arrivedNs);
    }

    /** Picks a stream to a UDP port out of captures at the sender and at the receiver. */
    public static StreamTimes of(PcapFile atSender, PcapFile atReceiver, int port) {
        return new StreamTimes(times(atSender, port), times(atReceiver, port));
    }

    /** Datagrams that were sent and never arrived. */
    public long lost() {
        return sentNs.keySet().stream()
                .filter(number -> !arrivedNs.containsKey(number))
                .count();
    }

    /**
     * How far the stream fell behind an ideal line of its own: the latest any datagram arrived after it would have left
     * that line, whose queue is endless and whose first bit leaves at once. This is what a guaranteed rate means, at
     * every moment: the service is that of the ideal line, late by at most so much.
     *
     * @param bitsPerSecond rate of the ideal line
     * @param wireBytes length of each datagram on it
     * @return ns; negative when every one was early, {@link Long#MIN_VALUE} when none arrived
     */
    public long worstLagNs(long bitsPerSecond, int wireBytes) {
        long serviceNs = NS_PER_SECOND * BITS_PER_BYTE * wireBytes / bitsPerSecond;
        long finishNs = Long.MIN_VALUE;
        long worstNs = Long.MIN_VALUE;
        for (Map.Entry<Integer, Long> sent : new TreeMap<>(sentNs).entrySet()) {
            finishNs = Math.max(finishNs, sent.getValue()) + serviceNs;
            Long arrived = arrivedNs.get(sent.getKey());
            if (arrived != null) {
                worstNs = Math.max(worstNs, arrived - finishNs);
            }
        }
        return worstNs;
    }

    private static Map<Integer, Long> times(PcapFile capture, int port) {
        Map<Integer, Long> times = new TreeMap<>();
        for (PcapFile.Frame frame : capture.frames()) {
            ByteBuffer bytes = ByteBuffer.wrap(frame.bytes());
            if (bytes.limit() >= NUMBER_OFFSET + Integer.BYTES
                    && bytes.get(PROTOCOL_OFFSET) == UDP
                    && Short.toUnsignedInt(bytes.getShort(DESTINATION_PORT_OFFSET)) == port) {
                times.putIfAbsent(bytes.getInt(NUMBER_OFFSET), frame.timestampNs());
            }
        }
        return times;
    }
}
