package io.vireo.bench.demo.lab;

import io.vireo.control.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a host's {@code eth0} has received until now, as the host's kernel counted it: a witness that is not Vireo.
 *
 * @param timeNs when, {@link System#nanoTime}
 * @param packets frames
 * @param bytes of these, with Ethernet header, without FCS
 */
public record Reception(long timeNs, long packets, long bytes) {
    /** Columns of {@code /proc/net/dev}: the interface's name, then received bytes and packets. */
    private static final int BYTES_COLUMN = 1;

    private static final int PACKETS_COLUMN = 2;
    private static final int BITS_PER_BYTE = 8;
    private static final double NS_PER_SECOND = 1e9;

    /** Reads the counters. */
    public static Reception of(Host host) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.open(host.namespace())) {
            List<String> devices = namespace.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/dev")));
            return parse(devices, System.nanoTime());
        }
    }

    /** Reads the lines of {@code /proc/net/dev}. */
    static Reception parse(List<String> devices, long timeNs) throws IOException {
        for (String line : devices) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns[0].equals("eth0:")) {
                return new Reception(
                        timeNs, Long.parseLong(columns[PACKETS_COLUMN]), Long.parseLong(columns[BYTES_COLUMN]));
            }
        }
        throw new IOException("there is no eth0 in " + devices);
    }

    /**
     * The rate at which a line before the host was used.
     *
     * @param overheadBytes what each frame is longer on that line
     * @return bit/s
     */
    public double bitsPerSecondSince(Reception earlier, int overheadBytes) {
        long wireBytes = bytes - earlier.bytes + (packets - earlier.packets) * overheadBytes;
        return wireBytes * BITS_PER_BYTE * NS_PER_SECOND / (timeNs - earlier.timeNs);
    }
}
