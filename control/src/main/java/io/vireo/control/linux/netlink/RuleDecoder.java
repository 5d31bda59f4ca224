package io.vireo.control.linux.netlink;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes policy rules: {@code struct fib_rule_hdr} and its attributes. Part of {@link MessageDecoder}. */
final class RuleDecoder {
    private static final int NOT_SUPPRESSED = -1;

    private final UnsafeBuffer buffer;
    private final AttributeReader attributes;
    private IpAddress destination = IpAddress.ofIpv4(0);
    private String inputInterface = "";
    private String outputInterface = "";
    private int table;
    private int priority;
    private boolean hasOtherConditions;

    RuleDecoder(UnsafeBuffer buffer, AttributeReader attributes) {
        this.buffer = buffer;
        this.attributes = attributes;
    }

    /** The rule whose fixed part stands at {@code body}, the attributes behind it; null for one of another family. */
    @Nullable
    RuleMessage decode(int body) {
        int familyNumber = buffer.getByte(body) & 0xff;
        if (!MessageDecoder.isInternet(familyNumber)) {
            return null;
        }
        AddressFamily family = familyNumber == Protocol.AF_INET ? AddressFamily.IPV4 : AddressFamily.IPV6;
        int destinationLength = Math.min(family.bits(), buffer.getByte(body + 1) & 0xff);
        destination = family == AddressFamily.IPV4 ? IpAddress.ofIpv4(0) : IpAddress.ofIpv6(0, 0);
        inputInterface = "";
        outputInterface = "";
        table = buffer.getByte(body + 4) & 0xff;
        priority = 0;
        hasOtherConditions =
                buffer.getByte(body + 2) != 0 || buffer.getByte(body + 3) != 0; // a source, a type of service
        while (attributes.next()) {
            decodeAttribute();
        }
        return new RuleMessage(
                family,
                priority,
                buffer.getByte(body + 7) & 0xff,
                table,
                destinationLength == 0 ? null : IpPrefix.containing(destination, destinationLength),
                inputInterface,
                outputInterface,
                (buffer.getInt(body + 8) & Protocol.FIB_RULE_INVERT) != 0,
                hasOtherConditions);
    }

    /** An attribute that this program does not know is a condition that it does not know. */
    private void decodeAttribute() {
        switch (attributes.type()) {
            case Protocol.FRA_DST -> {
                IpAddress address = attributes.address();
                if (address != null && address.family() == destination.family()) {
                    destination = address;
                }
            }
            case Protocol.FRA_IIFNAME -> inputInterface = attributes.text();
            case Protocol.FRA_OIFNAME -> outputInterface = attributes.text();
            case Protocol.FRA_PRIORITY -> priority = attributes.intValue();
            case Protocol.FRA_TABLE -> table = attributes.intValue();
            case Protocol.FRA_SUPPRESS_IFGROUP, Protocol.FRA_SUPPRESS_PREFIXLEN ->
                hasOtherConditions |= attributes.intValue() != NOT_SUPPRESSED;
            case Protocol.FRA_GOTO, Protocol.FRA_FLOW, Protocol.FRA_PAD, Protocol.FRA_PROTOCOL -> {}
            default -> hasOtherConditions = true;
        }
    }
}
