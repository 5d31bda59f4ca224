package io.vireo.dataplane.encapsulation.esp;

import io.vireo.crypto.AeadContext;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Memory;

/** Authenticates and decrypts packets. Single user: its worker. */
public final class EspReceiver {
    /** After so many wrong tags in a row, the far end may be 2^32 numbers ahead (RFC 4303 §A3). */
    static final int FORGED_BEFORE_RESYNC = 1024;

    /** Of these, one in so many is tried again: somebody who forges packets must not cost much more than before. */
    static final int RESYNC_INTERVAL = 64;

    /** How many times 2^32 ahead it is looked for. */
    static final int MAX_AHEAD = 4;

    private static final int MALFORMED = Disposition.drop(DropReason.TUNNEL_MALFORMED);
    private static final int OTHER_PAYLOAD = Disposition.drop(DropReason.TUNNEL_PAYLOAD);
    private static final int FORGED = Disposition.drop(DropReason.ESP_AUTHENTICATION);
    private static final int REPLAY = Disposition.drop(DropReason.ESP_REPLAY);
    private static final int LIFETIME = Disposition.drop(DropReason.ESP_LIFETIME);
    private static final int DUMMY = Disposition.drop(DropReason.ESP_DUMMY);

    /** No next header (RFC 8200 §4.7): the payload is none (RFC 4303 §2.6). */
    private static final int NO_NEXT_HEADER = 59;

    private static final long NOT_OPENED = -1;

    private final SecurityAssociationTable table;
    private final AeadContext cipher = new AeadContext();
    private final EspNonce nonce = new EspNonce();
    private final boolean isLive;
    private int innerBytes;
    private boolean isInnerIpv4;

    /** @param isLive false: packets are only traced, and nothing is remembered of them. */
    public EspReceiver(SecurityAssociationTable table, boolean isLive) {
        this.table = table;
        this.isLive = isLive;
    }

    /**
     * Decrypts a packet in place.
     *
     * @param association its index
     * @param bytes from the ESP header to the packet's end
     * @return {@link Disposition#FORWARD}: the packet inside is behind the header; or why it is dropped.
     */
    public int open(int association, long esp, int bytes) {
        if (bytes < EspHeader.MIN_BYTES || !EspHeader.isAligned(bytes)) {
            return MALFORMED;
        }
        long sa = table.record(association);
        if (!SecurityAssociationTable.mayReceive(sa)) {
            return LIFETIME;
        }
        long number = number(sa, esp);
        if (!ReplayWindow.mayAccept(highestAt(sa), table.slots(association), window(sa), number)) {
            return replay(sa);
        }
        long opened = authenticate(sa, esp, bytes, number);
        if (opened == NOT_OPENED) {
            return FORGED;
        }
        if (isLive && !ReplayWindow.accept(highestAt(sa), table.slots(association), window(sa), opened)) {
            return replay(sa);
        }
        return payload(sa, esp, bytes);
    }

    private static long number(long sa, long esp) {
        int low = Memory.getIntBigEndian(esp + EspHeader.SEQUENCE);
        long highest = Memory.getLong(highestAt(sa));
        return ReplayWindow.infer(highest, low, window(sa), SecurityAssociationTable.isExtended(sa));
    }

    private static long highestAt(long sa) {
        return SecurityAssociationTable.highestAt(sa);
    }

    private static int window(long sa) {
        return SecurityAssociationTable.window(sa);
    }

    private int replay(long sa) {
        if (isLive) {
            SecurityAssociationTable.countReplay(sa);
        }
        return REPLAY;
    }

    /** Decrypts a packet if it is authentic; returns its number, or {@link #NOT_OPENED}: it is as it was. */
    private long authenticate(long sa, long esp, int bytes, long number) {
        if (decrypt(sa, esp, bytes, number)) {
            return number;
        }
        if (!isLive) {
            return NOT_OPENED;
        }
        long inRow = SecurityAssociationTable.countForged(sa);
        boolean isDue = inRow >= FORGED_BEFORE_RESYNC && inRow % RESYNC_INTERVAL == 0;
        return isDue && SecurityAssociationTable.isExtended(sa) ? resynchronise(sa, esp, bytes, number) : NOT_OPENED;
    }

    private long resynchronise(long sa, long esp, int bytes, long number) {
        for (int ahead = 1; ahead <= MAX_AHEAD; ahead++) {
            long candidate = number + ((long) ahead << Integer.SIZE);
            if (decrypt(sa, esp, bytes, candidate)) {
                return candidate;
            }
        }
        return NOT_OPENED;
    }

    private boolean decrypt(long sa, long esp, int bytes, long number) {
        int textBytes = bytes - EspHeader.BYTES - AeadContext.TAG_BYTES;
        long text = esp + EspHeader.BYTES;
        nonce.compose(sa, esp, number);
        return cipher.open(
                SecurityAssociationTable.algorithm(sa),
                SecurityAssociationTable.expandedKey(sa),
                nonce.address(),
                nonce.aad(),
                nonce.aadBytes(),
                text,
                textBytes,
                text + textBytes);
    }

    private int payload(long sa, long esp, int bytes) {
        long end = esp + bytes - AeadContext.TAG_BYTES;
        int nextHeader = Memory.getUnsignedByte(end - 1);
        innerBytes = (int) (end - esp)
                - EspHeader.BYTES
                - EspHeader.TRAILER_BYTES
                - Memory.getUnsignedByte(end - EspHeader.TRAILER_BYTES);
        if (isLive) {
            SecurityAssociationTable.countAccepted(sa, Math.max(innerBytes, 0));
        }
        if (innerBytes < 0) {
            return MALFORMED;
        }
        if (nextHeader == NO_NEXT_HEADER) {
            return DUMMY;
        }
        isInnerIpv4 = IpIpHeader.isIpv4(nextHeader);
        return IpIpHeader.isProtocol(nextHeader) ? Disposition.FORWARD : OTHER_PAYLOAD;
    }

    /** Length of the packet that {@link #open} has opened. */
    public int innerBytes() {
        return innerBytes;
    }

    /** Whether it is IPv4. */
    public boolean isInnerIpv4() {
        return isInnerIpv4;
    }
}
