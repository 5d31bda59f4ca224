package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.wire.code.DropReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts fragments of one pair of addresses together byte by byte, in no hurry: what the path's answer is compared with. */
final class ReassemblyOracle {
    /** What one buffer of the tests' pool holds of a packet behind its header. */
    static final int ROOM = 2_032;

    /** Packets of one pair. */
    static final int LIMIT = 64;

    private static final class Packet {
        private final byte[] bytes = new byte[ROOM];
        private final BitSet there = new BitSet();
        private byte[] header = new byte[0];
        private int end = -1;
        private int farthest;
        private int fragments;
        private int marks;
        private @Nullable DropReason ending;
    }

    final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private final Map<Integer, Packet> packets = new LinkedHashMap<>();

    int held() {
        return packets.size();
    }

    /** The time of all is over. */
    void expire() {
        packets.values().forEach(this::giveUp);
        packets.clear();
    }

    private void giveUp(Packet packet) {
        if (packet.ending == null) {
            drop(DropReason.FRAGMENT_INCOMPLETE, packet.fragments);
        }
    }

    private byte @Nullable [] drop(DropReason reason, int fragments) {
        drops.merge(reason, (long) fragments, Long::sum);
        return null;
    }

    private byte @Nullable [] end(Packet packet, DropReason reason) {
        packet.ending = reason;
        return drop(reason, packet.fragments + 1);
    }

    /** Returns the packet, if it is whole now; its header is the first fragment's but for what a fragment's has of its own. */
    byte @Nullable [] take(byte[] fragment) {
        boolean isIpv4 = fragment[0] >> 4 == 4;
        ByteBuffer bytes = ByteBuffer.wrap(fragment);
        int header = isIpv4 ? (fragment[0] & 0xf) * 4 : 48;
        int field = bytes.getShort(isIpv4 ? 6 : 42) & 0xffff;
        int offset = isIpv4 ? (field & 0x1fff) * 8 : field & 0xfff8;
        boolean hasMore = isIpv4 ? (field & 0x2000) != 0 : (field & 1) != 0;
        int id = isIpv4 ? bytes.getShort(4) & 0xffff : bytes.getInt(44);
        byte[] part = Arrays.copyOfRange(fragment, header, fragment.length);
        int end = offset + part.length;
        if (part.length == 0 || (hasMore && part.length % 8 != 0) || end + (isIpv4 ? header : 0) > 65_535) {
            return drop(DropReason.FRAGMENT_INVALID, 1);
        }
        Packet packet = packet(id);
        if (packet.ending != null) {
            return drop(packet.ending, 1);
        }
        boolean isOther = packet.end >= 0 && (hasMore ? end > packet.end : end != packet.end);
        if (isOther || (!hasMore && end < packet.farthest)) {
            return end(packet, DropReason.FRAGMENT_INVALID);
        }
        if (end > ROOM) {
            return end(packet, DropReason.FRAME_TOO_LONG);
        }
        if (isAnyThere(packet, offset, end)) {
            return isSameThere(packet, offset, part)
                    ? drop(DropReason.FRAGMENT_INVALID, 1)
                    : end(packet, DropReason.FRAGMENT_INVALID);
        }
        for (int n = 0; n < part.length; n++) {
            packet.bytes[offset + n] = part[n];
            packet.there.set(offset + n);
        }
        packet.marks |= 1 << (isIpv4 ? fragment[1] & 3 : fragment[1] >> 4 & 3);
        packet.farthest = Math.max(packet.farthest, end);
        packet.end = hasMore ? packet.end : end;
        packet.header = offset == 0 ? header(fragment, isIpv4 ? header : 40) : packet.header;
        packet.fragments++;
        return packet.end >= 0 && isAllThere(packet) ? whole(id, packet) : null;
    }

    private static byte[] header(byte[] fragment, int bytes) {
        byte[] header = Arrays.copyOf(fragment, bytes);
        if (bytes == 40) {
            header[6] = fragment[40];
        }
        return header;
    }

    private Packet packet(int id) {
        Packet known = packets.get(id);
        if (known != null) {
            return known;
        }
        if (packets.size() == LIMIT) {
            var oldest = packets.entrySet().iterator();
            giveUp(oldest.next().getValue());
            oldest.remove();
        }
        Packet packet = new Packet();
        packets.put(id, packet);
        return packet;
    }

    private static boolean isAnyThere(Packet packet, int from, int to) {
        for (int n = from; n < to; n++) {
            if (packet.there.get(n)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameThere(Packet packet, int from, byte[] part) {
        for (int n = 0; n < part.length; n++) {
            if (!packet.there.get(from + n) || packet.bytes[from + n] != part[n]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllThere(Packet packet) {
        for (int n = 0; n < packet.end; n++) {
            if (!packet.there.get(n)) {
                return false;
            }
        }
        return true;
    }

    private byte @Nullable [] whole(int id, Packet packet) {
        if ((packet.marks & 1) != 0 && packet.marks != 1) {
            packet.fragments--;
            return end(packet, DropReason.FRAGMENT_INVALID);
        }
        packets.remove(id);
        byte[] whole = Arrays.copyOf(packet.header, packet.header.length + packet.end);
        System.arraycopy(packet.bytes, 0, whole, packet.header.length, packet.end);
        boolean isIpv4 = whole[0] >> 4 == 4;
        whole[1] |= (packet.marks & 8) == 0 ? 0 : (byte) (isIpv4 ? 3 : 0x30);
        return whole;
    }
}
