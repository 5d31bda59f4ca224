package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.gre.ReceivedNumbers;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.GreOptions;

/** What a GRE tunnel asks of a packet before it takes it. Part of {@link Decapsulator}. Single user: its worker. */
final class GreChecks {
    private static final int WRONG_CHECKSUM = ~Disposition.drop(DropReason.TUNNEL_CHECKSUM);
    private static final int OLD_SEQUENCE = ~Disposition.drop(DropReason.TUNNEL_SEQUENCE);
    private static final int OTHER_PAYLOAD = ~Disposition.drop(DropReason.TUNNEL_PAYLOAD);

    private final boolean isLive;

    /** @param isLive whether the packets are received; false: they are only traced. */
    GreChecks(boolean isLive) {
        this.isLive = isLive;
    }

    /** Returns 0, or why the tunnel refuses it. The checksum comes first: a wrong packet's number is not believed. */
    int check(long gre, int bytes, int flags, long end) {
        int options = TunnelEnds.options(end);
        boolean isWhole = GreHeader.hasChecksum(flags)
                ? GreHeader.isChecksumRight(gre, bytes)
                : (options & GreOptions.CHECKSUM) == 0;
        if (!isWhole) {
            return WRONG_CHECKSUM;
        }
        boolean isExpected = (options & GreOptions.ETHERNET) != 0
                ? GreHeader.isEthernet(gre)
                        && InnerPackets.isUntagged(gre + GreHeader.bytes(flags), bytes - GreHeader.bytes(flags))
                : GreHeader.isIp(gre);
        if (!isExpected) {
            return OTHER_PAYLOAD;
        }
        boolean isNumbered = GreHeader.hasSequence(flags) && (options & GreOptions.SEQUENCE) != 0;
        return isNumbered
                        && !ReceivedNumbers.accept(TunnelEnds.stateAddress(end), GreHeader.sequence(gre, flags), isLive)
                ? OLD_SEQUENCE
                : 0;
    }
}
