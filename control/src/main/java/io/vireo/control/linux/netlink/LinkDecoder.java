package io.vireo.control.linux.netlink;

import org.agrona.concurrent.UnsafeBuffer;

/** Reads what {@code rtnetlink(7)} says of a link. One thread at a time. */
final class LinkDecoder {
    private static final String TAP = "tun";

    private final UnsafeBuffer buffer;
    private final AttributeReader details;
    private final AttributeReader ofKind;
    private String kind = "";
    private int detachedQueues;

    LinkDecoder(UnsafeBuffer buffer) {
        this.buffer = buffer;
        details = new AttributeReader(buffer);
        ofKind = new AttributeReader(buffer);
    }

    /**
     * Decodes a message.
     *
     * @param body where its {@code ifinfomsg} begins
     * @param attributes before the first one behind it
     */
    LinkMessage decode(int body, AttributeReader attributes) {
        String name = "";
        long macBits = -1;
        int mtu = 0;
        int maxMtu = 0;
        int parentIfindex = 0;
        boolean isParentElsewhere = false;
        String alias = "";
        kind = "";
        detachedQueues = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Protocol.IFLA_IFNAME -> name = attributes.text();
                case Protocol.IFLA_ADDRESS -> macBits = attributes.macBits();
                case Protocol.IFLA_MTU -> mtu = attributes.intValue();
                case Protocol.IFLA_MAX_MTU -> maxMtu = attributes.intValue();
                case Protocol.IFLA_LINK -> parentIfindex = attributes.intValue();
                case Protocol.IFLA_LINK_NETNSID -> isParentElsewhere = true;
                case Protocol.IFLA_IFALIAS -> alias = attributes.text();
                case Protocol.IFLA_LINKINFO -> readInfo(attributes.offset(), attributes.end());
                default -> {}
            }
        }
        return new LinkMessage(
                buffer.getInt(body + 4),
                name,
                macBits,
                mtu,
                buffer.getInt(body + 8),
                maxMtu,
                isParentElsewhere ? 0 : parentIfindex,
                kind,
                alias,
                detachedQueues);
    }

    private void readInfo(int start, int end) {
        details.wrap(start, end);
        while (details.next()) {
            if (details.type() == Protocol.IFLA_INFO_KIND) {
                kind = details.text();
            } else if (details.type() == Protocol.IFLA_INFO_DATA && kind.equals(TAP)) { // what it means is the kind's
                readTap(details.offset(), details.end());
            }
        }
    }

    private void readTap(int start, int end) {
        ofKind.wrap(start, end);
        while (ofKind.next()) {
            if (ofKind.type() == Protocol.IFLA_TUN_NUM_DISABLED_QUEUES) {
                detachedQueues = ofKind.intValue();
            }
        }
    }
}
