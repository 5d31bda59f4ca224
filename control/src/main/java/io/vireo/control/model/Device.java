package io.vireo.control.model;

import java.util.regex.Pattern;

/**
 * What a port is made of, and how DPDK is told to find it.
 */
public sealed interface Device {

    /** How the device string of DPDK reads for a port of this name with this many receive queues and this MTU, in bytes. */
    String devargs(String portName, int rxQueues, int mtu);

    /**
     * The largest MTU, in bytes, that the driver works with.
     *
     * @param bufferMtu longest IP packet that a packet buffer of the data plane holds, in bytes
     */
    default int maxMtu(int bufferMtu) {
        return bufferMtu;
    }

    /** A Linux network device, read and written through an AF_PACKET socket. */
    record AfPacket(String interfaceName) implements Device {
        // What the kernel allows as a device name, less what would end an argument of DPDK.
        private static final Pattern NAME = Pattern.compile("[^\\s/:,=]{1,15}");

        // Of a frame of the ring TPACKET2's header takes 32 bytes, a socket address 20, the link's headers the rest
        // (packet(7)).
        private static final int FRAME_OVERHEAD_BYTES = 96;
        private static final int FRAME_ALIGNMENT = 16;
        private static final int DEFAULT_FRAME_BYTES = 2_048;
        private static final int PAGE_BYTES = 4_096;

        // What a buffer has beyond the longest IP packet (18 bytes), and a frame of the ring beyond what the driver
        // copies (32).
        private static final int BUFFER_SLACK_BYTES = 50;

        public AfPacket {
            if (!NAME.matcher(interfaceName).matches()) {
                throw new IllegalArgumentException("'" + interfaceName + "' is not the name of a Linux interface");
            }
        }

        @Override
        public String devargs(String portName, int rxQueues, int mtu) {
            return "net_af_packet_" + portName + ",iface=" + interfaceName + ",qpairs=" + rxQueues + ringFrames(mtu);
        }

        /** The driver wants a frame of its ring to fit into a packet buffer, its own overhead included. */
        @Override
        public int maxMtu(int bufferMtu) {
            int largestFrame = (bufferMtu + BUFFER_SLACK_BYTES) / FRAME_ALIGNMENT * FRAME_ALIGNMENT;
            return Math.min(bufferMtu, largestFrame - FRAME_OVERHEAD_BYTES);
        }

        private static String ringFrames(int mtu) {
            int frameBytes = roundUp(mtu + FRAME_OVERHEAD_BYTES, FRAME_ALIGNMENT);
            return frameBytes <= DEFAULT_FRAME_BYTES
                    ? ""
                    : ",framesz=" + frameBytes + ",blocksz=" + roundUp(frameBytes, PAGE_BYTES);
        }

        private static int roundUp(int number, int multiple) {
            return (number + multiple - 1) / multiple * multiple;
        }

        @Override
        public String toString() {
            return "af_packet:" + interfaceName;
        }
    }

    /** A PCI function bound to a driver that DPDK can use. */
    record Pci(String address) implements Device {
        private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");

        public Pci {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is not a PCI address such as 0000:3b:00.0");
            }
        }

        @Override
        public String devargs(String portName, int rxQueues, int mtu) {
            return address;
        }

        @Override
        public String toString() {
            return "pci:" + address;
        }
    }

    /** A virtual device described in DPDK's own words, such as {@code net_pcap_p0,rx_pcap=in.pcap}. */
    record Vdev(String arguments) implements Device {
        private static final Pattern ARGUMENTS = Pattern.compile("net_[\\x21-\\x7e]{1,250}");

        public Vdev {
            if (!ARGUMENTS.matcher(arguments).matches()) {
                throw new IllegalArgumentException(
                        "'" + arguments + "' is not a DPDK virtual device such as net_pcap_p0,rx_pcap=in.pcap");
            }
        }

        @Override
        public String devargs(String portName, int rxQueues, int mtu) {
            return arguments;
        }

        @Override
        public String toString() {
            return "vdev:" + arguments;
        }
    }

    /** A device that receives nothing and swallows what is sent: for tests. */
    record Null() implements Device {
        @Override
        public String devargs(String portName, int rxQueues, int mtu) {
            return "net_null_" + portName + ",no-rx=1";
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * Parses {@code af_packet:IF}, {@code pci:ADDRESS}, {@code vdev:ARGUMENTS} or {@code null}.
     *
     * @throws IllegalArgumentException saying what is wrong.
     */
    static Device parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "af_packet" -> new AfPacket(argument);
            case "pci" -> new Pci(argument);
            case "vdev" -> new Vdev(argument);
            case "null" -> new Null();
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is not a device: af_packet:INTERFACE, pci:ADDRESS, vdev:ARGUMENTS or null");
        };
    }
}
