package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The offloads of a Linux network device that rewrite packets behind the back of whoever reads them from an
 * {@code AF_PACKET} socket: merged segments that exceed the MTU, checksums that are not there yet
 * ({@code ethtool(8)}, {@code SIOCETHTOOL}). Acts in the calling thread's namespace.
 */
public final class Ethtool {
    /** An offload, with the numbers of {@code <linux/ethtool.h>} that ask and set it. */
    public enum Offload {
        RECEIVE_CHECKSUM("rx", 0x14, 0x15),
        TRANSMIT_CHECKSUM("tx", 0x16, 0x17),
        TCP_SEGMENTATION("tso", 0x1e, 0x1f),
        GENERIC_SEGMENTATION("gso", 0x23, 0x24),
        GENERIC_RECEIVE("gro", 0x2b, 0x2c);

        private final String keyword;
        private final int getCommand;
        private final int setCommand;

        Offload(String keyword, int getCommand, int setCommand) {
            this.keyword = keyword;
            this.getCommand = getCommand;
            this.setCommand = setCommand;
        }

        /** Its word in {@code ethtool -K}. */
        public String keyword() {
            return keyword;
        }
    }

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final long SIOCETHTOOL = 0x8946;
    private static final int GET_DRIVER_INFO = 0x3;
    private static final int DRIVER_INFO_BYTES = 196;
    private static final int DRIVER_OFFSET = 4;
    // struct ifreq: name[16], then a pointer to the command's own structure.
    private static final int IFREQ_BYTES = 40;
    private static final int IFREQ_DATA = 16;

    private Ethtool() {}

    /** Name of the device's driver, such as {@code veth}. */
    public static String driver(String device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(DRIVER_INFO_BYTES, Integer.BYTES);
            info.set(ValueLayout.JAVA_INT, 0, GET_DRIVER_INFO);
            LibC.check("ETHTOOL_GDRVINFO", device, command(arena, device, info));
            return info.getString(DRIVER_OFFSET);
        }
    }

    /** Whether an offload is on; false when the device does not know it. */
    public static boolean isOn(String device, Offload offload) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = value(arena, offload.getCommand, 0);
            return command(arena, device, value) >= 0 && value.get(ValueLayout.JAVA_INT, Integer.BYTES) != 0;
        }
    }

    /** Tries to switch an offload off; {@link #isOn} tells whether it was. */
    public static void switchOff(String device, Offload offload) {
        try (Arena arena = Arena.ofConfined()) {
            int result = command(arena, device, value(arena, offload.setCommand, 0));
            if (result < 0 && result != -Errno.EOPNOTSUPP) {
                throw new LinuxException("ethtool -K " + offload.keyword + " off", device, -result);
            }
        }
    }

    private static MemorySegment value(Arena arena, int command, int data) {
        MemorySegment value = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
        value.set(ValueLayout.JAVA_INT, 0, command);
        value.set(ValueLayout.JAVA_INT, Integer.BYTES, data);
        return value;
    }

    private static int command(Arena arena, String device, MemorySegment argument) {
        try (Descriptor socket = new Descriptor(
                LibC.check("socket", device, LibC.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0)), "ethtool " + device)) {
            MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
            request.setString(0, device);
            request.set(ValueLayout.ADDRESS, IFREQ_DATA, argument);
            return LibC.ioctl(socket.number(), SIOCETHTOOL, request);
        }
    }
}
