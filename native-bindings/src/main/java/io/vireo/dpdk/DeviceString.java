package io.vireo.dpdk;

import java.util.regex.Pattern;

/** DPDK's way to write a device: {@code [bus:]name[,argument=value…]}. */
final class DeviceString {
    /** Not just any word: the colons of a PCI address must not be taken for a bus. */
    private static final Pattern BUS = Pattern.compile("^(vdev|pci|auxiliary|vmbus):");

    private DeviceString() {}

    static String name(String device) {
        int comma = device.indexOf(',');
        String head = comma < 0 ? device : device.substring(0, comma);
        return BUS.matcher(head).replaceFirst("");
    }
}
