package io.vireo.dataplane.encapsulation.substrate;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dpdk.Memory;

/**
 * The header between an Ethernet header and what a virtual link carries.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-------+-------+-----------------------------------------------+
 *   |version|  zero |            virtual-link identifier            |
 *   +-------+-------+---------------+-------------------------------+
 *   |            length             |           protocol            |
 *   +-------------------------------+-------------------------------+
 *   |  what the virtual link carries: length bytes; then perhaps padding …
 * </pre>
 *
 * <ul>
 *   <li>version: 0. The four bits behind it are zero; frames in which they are not are not understood, so they are dropped.
 *   <li>virtual-link identifier: 1 to 2^24 - 1, of one virtual link of the substrate link (VLAN and sender) that the frame came by. On
 *       another substrate link the same number is another virtual link.
 *   <li>length: bytes behind the header. Ethernet pads what is shorter than 60 bytes, and not everything that is carried knows its end.
 *   <li>protocol: the ethertype of what is inside: any protocol may be carried, and a node through which a virtual link only passes
 *       need not know it. It is the last field, so that cutting out what is between the addresses and it leaves an ordinary frame.
 * </ul>
 *
 * All in network order. Stateless.
 */
public final class SubstrateHeader {
    public static final int BYTES = 8;

    /** Where the protocol is: from here on a frame goes on as if it had no such header. */
    public static final int PROTOCOL = 6;

    private static final int LENGTH = 4;
    private static final int ID_MASK = 0xff_ffff;

    private SubstrateHeader() {}

    /** Writes what all packets of a virtual link have in common. */
    public static void write(long header, int id) {
        setId(header, id);
        Memory.putInt(header + LENGTH, 0);
    }

    /** Changes the identifier: on another substrate link the same virtual link has another one. */
    public static void setId(long header, int id) {
        Memory.putIntBigEndian(header, id);
    }

    /** Says how much is behind the header, in bytes. */
    public static void setLength(long header, int bytes) {
        Memory.putShortBigEndian(header + LENGTH, bytes);
    }

    /** Completes the header of an IP packet. */
    public static void fixUp(long header, long packet, int bytes) {
        setLength(header, bytes);
        Memory.putShort(header + PROTOCOL, (short) (Ipv4.isVersion4(packet) ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6));
    }

    /** Whether the header is all there, of a version that is understood, and so is what it says is behind it. */
    public static boolean isSound(long header, int availableBytes) {
        return availableBytes > BYTES
                && Memory.getByte(header) == 0
                && length(header) > 0
                && length(header) <= availableBytes - BYTES;
    }

    public static int id(long header) {
        return Memory.getIntBigEndian(header) & ID_MASK;
    }

    public static int length(long header) {
        return Memory.getUnsignedShortBigEndian(header + LENGTH);
    }

    /** Whether an IP packet is inside. */
    public static boolean isIp(long header) {
        int protocol = protocol(header);
        return protocol == Ethernet.WIRE_IPV4 || protocol == Ethernet.WIRE_IPV6;
    }

    /** The ethertype of what is inside, as a little-endian signed 16-bit load has it. */
    public static int protocol(long header) {
        return Memory.getShort(header + PROTOCOL);
    }
}
