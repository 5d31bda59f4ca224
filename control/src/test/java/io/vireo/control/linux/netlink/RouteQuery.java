package io.vireo.control.linux.netlink;

import io.vireo.control.linux.NetlinkSocket;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Asks the kernel what becomes of a packet, as {@code ip route get … from … iif …} does. */
public final class RouteQuery implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int RTA_IIF = 3;
    private static final int RTA_IP_PROTO = 27;
    private static final int RTA_SPORT = 28;
    private static final int RTA_DPORT = 29;
    private static final int RTA_ERROR_OFFSET = 12;
    private static final int UDP = 17;

    private final NetlinkSocket socket;
    private final MemorySegment segment = Arena.ofAuto().allocate(BUFFER_BYTES, Long.BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(segment.asByteBuffer());
    private final MessageWriter writer = new MessageWriter();
    private int sequence;

    private RouteQuery(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Opens a socket of the calling thread's namespace. */
    public static RouteQuery open(String name) {
        return new RouteQuery(NetlinkSocket.open(name));
    }

    /**
     * A UDP packet.
     *
     * @param ifindex the interface by which it comes in
     */
    public record Packet(int ifindex, IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {}

    /**
     * What becomes of a packet.
     *
     * @param errno why it is not forwarded, 0 if there is no error
     * @param ifindex the interface by which it leaves
     * @param gateway the next router, or null for the destination itself
     */
    public record Answer(
            RouteType type,
            int errno,
            int ifindex,
            @Nullable IpAddress gateway) {
        public boolean isForwarded() {
            return type == RouteType.UNICAST && errno == 0;
        }
    }

    public Answer ask(Packet packet) {
        boolean isIpv4 = packet.destination().family() == AddressFamily.IPV4;
        int bits = packet.destination().family().bits();
        writer.begin(Protocol.RTM_GETROUTE, Protocol.NLM_F_REQUEST, ++sequence);
        writer.putByte(isIpv4 ? Protocol.AF_INET : Protocol.AF_INET6)
                .putByte(bits)
                .putByte(bits)
                .putByte(0);
        writer.putInt(0).putInt(0);
        writer.attribute(Protocol.RTA_DST, packet.destination())
                .attribute(Protocol.RTA_SRC, packet.source())
                .attribute(RTA_IIF, packet.ifindex())
                .attribute(RTA_IP_PROTO, new byte[] {UDP})
                .attribute(RTA_SPORT, port(packet.sourcePort()))
                .attribute(RTA_DPORT, port(packet.destinationPort()));
        socket.send(writer.end());
        int length = socket.receive(segment);
        MessageReader messages = new MessageReader(buffer).wrap(length);
        while (messages.next()) {
            if (messages.sequence() == sequence) {
                return answer(messages);
            }
        }
        throw new IllegalStateException("no answer about " + packet + ", but " + length + " bytes");
    }

    private Answer answer(MessageReader messages) {
        if (messages.type() == Protocol.NLMSG_ERROR) {
            return new Answer(RouteType.UNSPEC, -buffer.getInt(messages.body(Integer.BYTES)), 0, null);
        }
        int body = messages.body(Protocol.RTMSG_BYTES);
        AttributeReader attributes = new AttributeReader(buffer).wrap(body + Protocol.RTMSG_BYTES, messages.end());
        int ifindex = 0;
        int error = 0;
        IpAddress gateway = null;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Protocol.RTA_OIF -> ifindex = attributes.intValue();
                case Protocol.RTA_GATEWAY -> gateway = attributes.address();
                case Protocol.RTA_VIA -> gateway = attributes.addressBehind(Short.BYTES);
                case Protocol.RTA_CACHEINFO -> error = -attributes.intValue(RTA_ERROR_OFFSET);
                default -> {}
            }
        }
        return new Answer(RouteType.of(buffer.getByte(body + 7) & 0xff), error, ifindex, gateway);
    }

    private static byte[] port(int port) {
        return new byte[] {(byte) (port >>> Byte.SIZE), (byte) port};
    }

    @Override
    public void close() {
        socket.close();
    }
}
