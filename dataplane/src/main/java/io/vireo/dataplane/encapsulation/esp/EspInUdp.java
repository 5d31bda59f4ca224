package io.vireo.dataplane.encapsulation.esp;

import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/** What comes to the UDP port of ESP, and is no ESP (RFC 3948 §2). */
public final class EspInUdp {
    private static final int KEEPALIVE_BYTES = 1;
    private static final int KEEPALIVE = 0xff;

    /** Where the SPI of ESP would be, which is never 0. */
    private static final int NON_ESP_MARKER = 0;

    private static final int MALFORMED = Disposition.drop(DropReason.TUNNEL_MALFORMED);
    private static final int NAT_KEEPALIVE = Disposition.drop(DropReason.NAT_KEEPALIVE);
    private static final int IKE = Disposition.punt(PuntReason.LOCAL);

    private EspInUdp() {}

    /**
     * Whether a packet from a tunnel's far end to its port is ESP. Its checksum is not looked at (RFC 3948 §2.1): ESP has a better one.
     *
     * @param udp its header, which is there.
     * @param bytes from that to the packet's end.
     * @return {@link Disposition#FORWARD}; or what becomes of it: IKE is the kernel's.
     */
    public static int disposition(long udp, int bytes) {
        int length = OuterUdp.length(udp);
        if (!OuterUdp.isLengthPossible(length, bytes)) {
            return MALFORMED;
        }
        long payload = udp + OuterUdp.BYTES;
        int payloadBytes = length - OuterUdp.BYTES;
        if (payloadBytes < Integer.BYTES) {
            boolean isKeepalive = payloadBytes == KEEPALIVE_BYTES && Memory.getUnsignedByte(payload) == KEEPALIVE;
            return isKeepalive ? NAT_KEEPALIVE : MALFORMED;
        }
        return Memory.getInt(payload) == NON_ESP_MARKER ? IKE : Disposition.FORWARD;
    }
}
