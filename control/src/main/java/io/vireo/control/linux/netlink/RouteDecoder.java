package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes routes: {@code struct rtmsg} and its attributes ({@code rtnetlink(7)}). Part of {@link MessageDecoder}. */
final class RouteDecoder {
    /** Where {@code struct rta_cacheinfo} has the remaining time. */
    private static final int RTA_EXPIRES_OFFSET = 8;

    private final UnsafeBuffer buffer;
    private final AttributeReader attributes;
    private final AttributeReader nested;
    private final EncapsulationDecoder encapsulation;
    private final EncapsulationDecoder nestedEncapsulation;
    private IpAddress destination = IpAddress.ofIpv4(0);
    private IpAddress source = destination;
    private @Nullable IpAddress gateway;
    private @Nullable List<NextHop> nextHops;
    private int table;
    private int ifindex;
    private int metric;
    private int nextHopId;
    private boolean expires;
    private int mtu;
    private long otherAttributes;

    RouteDecoder(UnsafeBuffer buffer, AttributeReader attributes) {
        this.buffer = buffer;
        this.attributes = attributes;
        nested = new AttributeReader(buffer);
        encapsulation = new EncapsulationDecoder(buffer);
        nestedEncapsulation = new EncapsulationDecoder(buffer);
    }

    /** The route whose fixed part stands at {@code body}, the attributes behind it; null for one of another family. */
    @Nullable
    RouteMessage decode(int body) {
        int family = unsignedByte(body);
        int prefixLength = unsignedByte(body + 1);
        int sourceLength = unsignedByte(body + 2);
        int maxLength = family == Protocol.AF_INET ? 32 : 128;
        if (!MessageDecoder.isInternet(family) || prefixLength > maxLength || sourceLength > maxLength) {
            return null; // multicast routes, MPLS
        }
        clear(body, family);
        while (attributes.next()) {
            decodeAttribute();
        }
        int flags = buffer.getInt(body + 8);
        return new RouteMessage(
                IpPrefix.containing(destination, prefixLength),
                table,
                unsignedByte(body + 5),
                RouteType.of(unsignedByte(body + 7)),
                unsignedByte(body + 3),
                metric,
                nextHops(flags),
                nextHopId,
                flags,
                sourceLength == 0 ? null : IpPrefix.containing(source, sourceLength),
                expires,
                mtu,
                otherAttributes);
    }

    private void clear(int body, int family) {
        destination = family == Protocol.AF_INET ? IpAddress.ofIpv4(0) : IpAddress.ofIpv6(0, 0);
        source = destination;
        gateway = null;
        nextHops = null;
        table = unsignedByte(body + 4);
        ifindex = 0;
        metric = 0;
        nextHopId = 0;
        encapsulation.clear();
        expires = false;
        mtu = 0;
        otherAttributes = unsignedByte(body + 6); // the scope
    }

    private void decodeAttribute() {
        switch (attributes.type()) {
            case Protocol.RTA_DST -> destination = addressOr(destination, attributes.address());
            case Protocol.RTA_SRC -> source = addressOr(source, attributes.address());
            case Protocol.RTA_OIF -> ifindex = attributes.intValue();
            case Protocol.RTA_GATEWAY -> gateway = attributes.address();
            case Protocol.RTA_VIA -> gateway = attributes.addressBehind(Short.BYTES);
            case Protocol.RTA_PRIORITY -> metric = attributes.intValue();
            case Protocol.RTA_MULTIPATH -> nextHops = nextHops(attributes.offset(), attributes.end());
            case Protocol.RTA_TABLE -> table = attributes.intValue();
            case Protocol.RTA_ENCAP -> encapsulation.header(attributes);
            case Protocol.RTA_ENCAP_TYPE -> encapsulation.type(attributes);
            case Protocol.RTA_NH_ID -> nextHopId = attributes.intValue();
            case Protocol.RTA_CACHEINFO -> expires = attributes.intValue(RTA_EXPIRES_OFFSET) != 0;
            case Protocol.RTA_METRICS -> {
                otherAttributes = 31 * otherAttributes + attributes.hash();
                mtu = mtu(attributes.offset(), attributes.end());
            }
            case Protocol.RTA_PREFSRC, Protocol.RTA_FLOW -> otherAttributes = 31 * otherAttributes + attributes.hash();
            default -> {}
        }
    }

    private int mtu(int start, int end) {
        nested.wrap(start, end);
        while (nested.next()) {
            if (nested.type() == Protocol.RTAX_MTU) {
                return nested.intValue();
            }
        }
        return 0;
    }

    private List<NextHop> nextHops(int flags) {
        if (nextHops != null) {
            return nextHops;
        }
        return ifindex == 0 && gateway == null
                ? List.of()
                : List.of(new NextHop(ifindex, gateway, 1, flags & 0xff, encapsulation.hash(), encapsulation.labels()));
    }

    /** The members of {@code RTA_MULTIPATH}: {@code struct rtnexthop} and attributes, one after the other. */
    private List<NextHop> nextHops(int start, int end) {
        List<NextHop> found = new ArrayList<>(4);
        int offset = start;
        while (end - offset >= Protocol.RTNEXTHOP_BYTES) {
            int length = Short.toUnsignedInt(buffer.getShort(offset));
            if (length < Protocol.RTNEXTHOP_BYTES || length > end - offset) {
                throw new MalformedMessageException(
                        "a next hop of " + length + " bytes where " + (end - offset) + " are");
            }
            found.add(nextHop(offset, length));
            offset = Math.min(end, offset + AttributeReader.align(length));
        }
        return List.copyOf(found);
    }

    private NextHop nextHop(int offset, int length) {
        IpAddress via = null;
        nestedEncapsulation.clear();
        nested.wrap(offset + Protocol.RTNEXTHOP_BYTES, offset + length);
        while (nested.next()) {
            switch (nested.type()) {
                case Protocol.RTA_GATEWAY -> via = nested.address();
                case Protocol.RTA_VIA -> via = nested.addressBehind(Short.BYTES);
                case Protocol.RTA_ENCAP -> nestedEncapsulation.header(nested);
                case Protocol.RTA_ENCAP_TYPE -> nestedEncapsulation.type(nested);
                default -> {}
            }
        }
        return new NextHop(
                buffer.getInt(offset + 4),
                via,
                unsignedByte(offset + 3) + 1, // rtnh_hops is the weight less one
                unsignedByte(offset + 2),
                nestedEncapsulation.hash(),
                nestedEncapsulation.labels());
    }

    private static IpAddress addressOr(IpAddress otherwise, @Nullable IpAddress address) {
        return address == null || address.family() != otherwise.family() ? otherwise : address;
    }

    private int unsignedByte(int offset) {
        return buffer.getByte(offset) & 0xff;
    }
}
