package io.vireo.control.model;

import java.util.regex.Pattern;

/**
 * What a port is made of, and how DPDK is told to find it.
 */
public sealed interface Device {

    /** How the device string of DPDK reads for a port of this name with this many receive queues. */
    String devargs(String portName, int rxQueues);

    /** A Linux network device, read and written through an AF_PACKET socket. */
    record AfPacket(String interfaceName) implements Device {
        // What the kernel allows as a device name, less what would end an argument of DPDK.
        private static final Pattern NAME = Pattern.compile("[^\\s/:,=]{1,15}");

        public AfPacket {
            if (!NAME.matcher(interfaceName).matches()) {
                throw new IllegalArgumentException("'" + interfaceName + "' is not the name of a Linux interface");
            }
        }

        @Override
        public String devargs(String portName, int rxQueues) {
            return "net_af_packet_" + portName + ",iface=" + interfaceName + ",qpairs=" + rxQueues;
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
        public String devargs(String portName, int rxQueues) {
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
        public String devargs(String portName, int rxQueues) {
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
        public String devargs(String portName, int rxQueues) {
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
