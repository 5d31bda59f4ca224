package io.vireo.control.linux.netlink;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns datagrams of the kernel into calls of a {@link RtnetlinkHandler}. A message that is of no interest (another
 * family, a bridge's neighbour) is passed over; one whose lengths are wrong throws
 * {@link MalformedMessageException} and reads nothing outside the datagram.
 */
final class MessageDecoder {
    private final MessageReader messages;
    private final AttributeReader attributes;
    private final LinkDecoder links;
    private final RouteDecoder routes;
    private final RuleDecoder rules;
    private final NextHopDecoder nextHops;
    private final UnsafeBuffer buffer;

    /** Decodes what stands in {@code buffer}, in native byte order. A {@code ByteBuffer} would cost three times as much. */
    MessageDecoder(UnsafeBuffer buffer) {
        this.buffer = buffer;
        messages = new MessageReader(buffer);
        attributes = new AttributeReader(buffer);
        links = new LinkDecoder(buffer);
        routes = new RouteDecoder(buffer, attributes);
        rules = new RuleDecoder(buffer, attributes);
        nextHops = new NextHopDecoder(buffer, attributes);
    }

    /** The messages of a datagram of that many bytes; step through them, then {@link #dispatch} each. */
    MessageReader datagram(int lengthBytes) {
        return messages.wrap(lengthBytes);
    }

    /** Decodes the current message. */
    void dispatch(RtnetlinkHandler handler) {
        switch (messages.type()) {
            case Protocol.RTM_NEWLINK -> handler.onLink(link());
            case Protocol.RTM_DELLINK -> handler.onLinkRemoved(link());
            case Protocol.RTM_NEWADDR, Protocol.RTM_DELADDR -> dispatchAddress(handler);
            case Protocol.RTM_NEWROUTE, Protocol.RTM_DELROUTE -> dispatchRoute(handler);
            case Protocol.RTM_NEWNEIGH, Protocol.RTM_DELNEIGH -> dispatchNeighbour(handler);
            case Protocol.RTM_NEWRULE, Protocol.RTM_DELRULE -> dispatchRule(handler);
            case Protocol.RTM_NEWNEXTHOP -> handler.onNextHop(nextHop());
            case Protocol.RTM_DELNEXTHOP -> handler.onNextHopRemoved(nextHop().id());
            default -> {} // a group or answer that was not asked for
        }
    }

    /** What {@code NLMSG_ERROR} says beyond the error number, or empty. */
    String errorText() {
        int body = messages.body(Integer.BYTES + MessageWriter.HEADER_BYTES);
        if ((messages.flags() & Protocol.NLM_F_ACK_TLVS) == 0) {
            return "";
        }
        // The refused request follows, unless capped; then the attributes.
        int requestBytes = (messages.flags() & Protocol.NLM_F_CAPPED) != 0
                ? MessageWriter.HEADER_BYTES
                : buffer.getInt(body + Integer.BYTES);
        int room = messages.end() - body - Integer.BYTES;
        if (requestBytes < MessageWriter.HEADER_BYTES || requestBytes > room) {
            throw new MalformedMessageException("an error that quotes " + requestBytes + " of " + room + " bytes");
        }
        int start = Math.min(messages.end(), body + Integer.BYTES + AttributeReader.align(requestBytes));
        attributes.wrap(start, messages.end());
        while (attributes.next()) {
            if (attributes.type() == Protocol.NLMSGERR_ATTR_MSG) {
                return attributes.text();
            }
        }
        return "";
    }

    /** The error number of {@code NLMSG_ERROR} or {@code NLMSG_DONE}: 0 or negative. */
    int errorNumber() {
        return buffer.getInt(messages.body(Integer.BYTES));
    }

    private LinkMessage link() {
        int body = attributesBehind(Protocol.IFINFOMSG_BYTES);
        return links.decode(body, attributes);
    }

    private void dispatchAddress(RtnetlinkHandler handler) {
        AddressMessage address = address();
        if (address == null) {
            return;
        }
        if (messages.type() == Protocol.RTM_NEWADDR) {
            handler.onAddress(address);
        } else {
            handler.onAddressRemoved(address);
        }
    }

    private @Nullable AddressMessage address() {
        int body = attributesBehind(Protocol.IFADDRMSG_BYTES);
        IpAddress local = null;
        IpAddress peer = null;
        int flags = unsignedByte(body + 2);
        int protocol = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Protocol.IFA_LOCAL -> local = attributes.address();
                case Protocol.IFA_ADDRESS -> peer = attributes.address();
                case Protocol.IFA_FLAGS -> flags = attributes.intValue();
                case Protocol.IFA_PROTO -> protocol = attributes.byteValue();
                default -> {}
            }
        }
        // IPv6 gives IFA_LOCAL only on point-to-point interfaces.
        IpAddress own = local != null ? local : peer;
        int prefixLength = unsignedByte(body + 1);
        if (own == null || prefixLength > own.family().bits()) {
            return null;
        }
        InterfaceAddress address = new InterfaceAddress(own, prefixLength);
        return new AddressMessage(buffer.getInt(body + 4), address, unsignedByte(body + 3), protocol, flags);
    }

    private void dispatchRoute(RtnetlinkHandler handler) {
        RouteMessage route = routes.decode(attributesBehind(Protocol.RTMSG_BYTES));
        if (route == null) {
            return;
        }
        if (messages.type() == Protocol.RTM_DELROUTE) {
            handler.onRouteRemoved(route);
        } else {
            handler.onRoute(route, RoutePlacement.of(messages.flags()));
        }
    }

    private void dispatchNeighbour(RtnetlinkHandler handler) {
        NeighbourMessage neighbour = neighbour();
        if (neighbour == null) {
            return;
        }
        if (messages.type() == Protocol.RTM_NEWNEIGH) {
            handler.onNeighbour(neighbour);
        } else {
            handler.onNeighbourRemoved(neighbour);
        }
    }

    private @Nullable NeighbourMessage neighbour() {
        int body = attributesBehind(Protocol.NDMSG_BYTES);
        IpAddress address = null;
        long macBits = -1;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Protocol.NDA_DST -> address = attributes.address();
                case Protocol.NDA_LLADDR -> macBits = attributes.macBits();
                default -> {}
            }
        }
        if (address == null || !isInternet(unsignedByte(body))) {
            return null;
        }
        return new NeighbourMessage(
                buffer.getInt(body + 4),
                address,
                macBits,
                Short.toUnsignedInt(buffer.getShort(body + 8)),
                unsignedByte(body + 10));
    }

    private void dispatchRule(RtnetlinkHandler handler) {
        RuleMessage rule = rules.decode(attributesBehind(Protocol.FIB_RULE_HDR_BYTES));
        if (rule == null) {
            return;
        }
        if (messages.type() == Protocol.RTM_NEWRULE) {
            handler.onRule(rule);
        } else {
            handler.onRuleRemoved(rule);
        }
    }

    private NextHopObject nextHop() {
        return nextHops.decode(attributesBehind(Protocol.NHMSG_BYTES));
    }

    private int attributesBehind(int fixedBytes) {
        int body = messages.body(fixedBytes);
        attributes.wrap(Math.min(messages.end(), body + AttributeReader.align(fixedBytes)), messages.end());
        return body;
    }

    static boolean isInternet(int family) {
        return family == Protocol.AF_INET || family == Protocol.AF_INET6;
    }

    private int unsignedByte(int offset) {
        return buffer.getByte(offset) & 0xff;
    }
}
