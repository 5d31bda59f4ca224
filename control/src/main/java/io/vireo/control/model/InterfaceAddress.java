package io.vireo.control.model;

/**
 * An address of an interface together with the length of the subnet it stands in, such as {@code 10.0.1.1/24}.
 *
 * @param address      the interface's own address.
 * @param prefixLength length of the on-link subnet, 0 to 32 or 128.
 */
public record InterfaceAddress(IpAddress address, int prefixLength) {

    public InterfaceAddress {
        if (prefixLength < 0 || prefixLength > address.family().bits()) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not between 0 and "
                    + address.family().bits());
        }
    }

    /**
     * Parses {@code address/length}.
     *
     * @throws IllegalArgumentException saying what is wrong.
     */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' lacks a prefix length, such as " + text + "/24");
        }
        return new InterfaceAddress(
                IpAddress.parse(text.substring(0, slash)), IpPrefix.parseLength(text.substring(slash + 1)));
    }

    public AddressFamily family() {
        return address.family();
    }

    /** The on-link subnet. */
    public IpPrefix subnet() {
        return IpPrefix.containing(address, prefixLength);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
