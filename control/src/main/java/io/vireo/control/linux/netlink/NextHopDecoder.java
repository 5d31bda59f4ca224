package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes next-hop objects: {@code struct nhmsg} and its attributes. Part of {@link MessageDecoder}. */
final class NextHopDecoder {
    /** {@code struct nexthop_grp}: id, weight less one in two halves, reserved. */
    private static final int MEMBER_BYTES = 8;

    private static final int FLAGS_OFFSET = 4;

    private final UnsafeBuffer buffer;
    private final AttributeReader attributes;
    private final EncapsulationDecoder encapsulation;

    NextHopDecoder(UnsafeBuffer buffer, AttributeReader attributes) {
        this.buffer = buffer;
        this.attributes = attributes;
        encapsulation = new EncapsulationDecoder(buffer);
    }

    /** The object whose fixed part stands at {@code body}, the attributes behind it. */
    NextHopObject decode(int body) {
        int id = 0;
        int ifindex = 0;
        IpAddress gateway = null;
        List<NextHopObject.Member> members = List.of();
        boolean isBlackhole = false;
        encapsulation.clear();
        boolean isForBridge = false;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Protocol.NHA_ID -> id = attributes.intValue();
                case Protocol.NHA_GROUP -> members = members(attributes.offset(), attributes.end());
                case Protocol.NHA_BLACKHOLE -> isBlackhole = true;
                case Protocol.NHA_OIF -> ifindex = attributes.intValue();
                case Protocol.NHA_GATEWAY -> gateway = attributes.address();
                case Protocol.NHA_ENCAP -> encapsulation.header(attributes);
                case Protocol.NHA_ENCAP_TYPE -> encapsulation.type(attributes);
                case Protocol.NHA_FDB -> isForBridge = true;
                default -> {}
            }
        }
        boolean isNextHop = ifindex != 0 && !isForBridge && !isBlackhole && members.isEmpty();
        int flags = buffer.getInt(body + FLAGS_OFFSET) & 0xff;
        @Nullable
        NextHop nextHop = isNextHop
                ? new NextHop(ifindex, gateway, 1, flags, encapsulation.hash(), encapsulation.labels())
                : null;
        return new NextHopObject(id, nextHop, members, isBlackhole);
    }

    private List<NextHopObject.Member> members(int start, int end) {
        List<NextHopObject.Member> members = new ArrayList<>();
        for (int offset = start; end - offset >= MEMBER_BYTES; offset += MEMBER_BYTES) {
            int low = buffer.getByte(offset + 4) & 0xff;
            int high = buffer.getByte(offset + 5) & 0xff; // since Linux 6.12
            members.add(new NextHopObject.Member(buffer.getInt(offset), (high << Byte.SIZE | low) + 1));
        }
        return members;
    }
}
