package io.vireo.control.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The packet fanout groups ({@code packet(7)}) that DPDK's af_packet driver joins, whether or not a port has several queues: 16 bits of
 * the process's id and the device's index, exclusive or. A group has one device, so of two processes whose numbers meet the second one
 * cannot open its port ({@code PACKET_FANOUT}: invalid argument) as long as both live. The driver takes no other number.
 */
final class FanoutGroups {
    private static final int GROUP_MASK = 0xffff;

    private FanoutGroups() {}

    /** Whether a process cannot open one of its devices while another one has opened its own. */
    static boolean meet(long pid, Collection<String> devices, long otherPid, Collection<String> otherDevices) {
        Set<Long> groups = new HashSet<>();
        devices.forEach(device -> groups.add(group(pid, device)));
        return otherDevices.stream().anyMatch(device -> groups.contains(group(otherPid, device)));
    }

    private static long group(long pid, String device) {
        try {
            String ifindex = Files.readString(Path.of("/sys/class/net", device, "ifindex"));
            return (pid ^ Long.parseLong(ifindex.strip())) & GROUP_MASK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
