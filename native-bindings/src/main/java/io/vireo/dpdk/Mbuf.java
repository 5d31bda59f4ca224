package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_mbuf;

/**
 * Fields of a packet buffer ({@code struct rte_mbuf}), given its address. Only its owner may touch it: whoever received,
 * allocated or took it over last. Plain accesses; hand-over between threads needs a queue that orders them.
 *
 * <pre>
 *   mbuf ──► ┌──────────────── 128 bytes, two cache lines ───────────────┐
 *            │ buf_addr … data_off refcnt nb_segs port ol_flags pkt_len  │  first line: what rx writes
 *            │ next tx_offload … dynfield1[9]                            │  second line: tx and chains
 *            └───────────────────────────────────────────────────────────┘
 *   buf_addr ─► ┌──────────┬──────────────────────┬──────────┐
 *               │ headroom │ data (data_len)      │ tailroom │  buf_len bytes in all
 *               └──────────┴──────────────────────┴──────────┘
 *                data_off ─►
 * </pre>
 *
 * <p>A packet larger than a buffer is a chain: {@code nb_segs} buffers linked by {@code next}, the length of them all in the
 * first one's {@code pkt_len}. Ports configured by this package do not produce chains unless the driver does so unasked.
 */
public final class Mbuf {
    /** {@code sizeof(struct rte_mbuf)}, bytes; private data of the pool follows it. */
    public static final int SIZE_BYTES = (int) rte_mbuf.sizeof();

    /** Where a fresh buffer's data begins, bytes: room to prepend headers. */
    public static final int HEADROOM_BYTES = Dpdk.RTE_PKTMBUF_HEADROOM();

    /** {@link #port} of a buffer that came from no port. */
    public static final int PORT_NONE = Dpdk.RTE_MBUF_PORT_INVALID();

    private static final long BUF_ADDR = rte_mbuf.buf_addr$offset();
    private static final long DATA_OFF = rte_mbuf.data_off$offset();
    private static final long REFCNT = rte_mbuf.refcnt$offset();
    private static final long NB_SEGS = rte_mbuf.nb_segs$offset();
    private static final long PORT = rte_mbuf.port$offset();
    private static final long OL_FLAGS = rte_mbuf.ol_flags$offset();
    private static final long PACKET_TYPE = rte_mbuf.packet_type$offset();
    private static final long PKT_LEN = rte_mbuf.pkt_len$offset();
    private static final long DATA_LEN = rte_mbuf.data_len$offset();
    private static final long VLAN_TCI = rte_mbuf.vlan_tci$offset();
    private static final long VLAN_TCI_OUTER = rte_mbuf.vlan_tci_outer$offset();
    private static final long HASH = rte_mbuf.hash$offset();
    private static final long BUF_LEN = rte_mbuf.buf_len$offset();
    private static final long POOL = rte_mbuf.pool$offset();
    private static final long NEXT = rte_mbuf.next$offset();
    private static final long TX_OFFLOAD = rte_mbuf.tx_offload$offset();

    private Mbuf() {}

    /** Returns the address of the packet's first byte. */
    public static long dataAddress(long mbuf) {
        return Memory.getLong(mbuf + BUF_ADDR) + Memory.getUnsignedShort(mbuf + DATA_OFF);
    }

    /** Returns bytes from the buffer's start to the data. */
    public static int dataOffset(long mbuf) {
        return Memory.getUnsignedShort(mbuf + DATA_OFF);
    }

    /** Moves the data's start without moving its end: the lengths are the caller's to set. */
    public static void setDataOffset(long mbuf, int offsetBytes) {
        Memory.putShort(mbuf + DATA_OFF, (short) offsetBytes);
    }

    /** Returns bytes of data in this buffer, 0..65535. */
    public static int dataLength(long mbuf) {
        return Memory.getUnsignedShort(mbuf + DATA_LEN);
    }

    /** Sets the bytes of data in this buffer, 0..65535. */
    public static void setDataLength(long mbuf, int lengthBytes) {
        Memory.putShort(mbuf + DATA_LEN, (short) lengthBytes);
    }

    /** Returns bytes of data in the whole chain; valid in its first buffer. */
    public static int packetLength(long mbuf) {
        return Memory.getInt(mbuf + PKT_LEN);
    }

    /** Sets the bytes of data in the whole chain. */
    public static void setPacketLength(long mbuf, int lengthBytes) {
        Memory.putInt(mbuf + PKT_LEN, lengthBytes);
    }

    /** Sets data and packet length of a packet of one buffer, 0..65535 bytes. */
    public static void setLength(long mbuf, int lengthBytes) {
        setDataLength(mbuf, lengthBytes);
        setPacketLength(mbuf, lengthBytes);
    }

    /** Returns bytes free before the data. */
    public static int headroom(long mbuf) {
        return dataOffset(mbuf);
    }

    /** Returns bytes free behind the data. */
    public static int tailroom(long mbuf) {
        return bufferLength(mbuf) - dataOffset(mbuf) - dataLength(mbuf);
    }

    /**
     * Grows the data at its front, to write a header there.
     *
     * @param lengthBytes must not exceed {@link #headroom}; not checked.
     * @return the new {@link #dataAddress}.
     */
    public static long prepend(long mbuf, int lengthBytes) {
        int offset = dataOffset(mbuf) - lengthBytes;
        setDataOffset(mbuf, offset);
        setDataLength(mbuf, dataLength(mbuf) + lengthBytes);
        setPacketLength(mbuf, packetLength(mbuf) + lengthBytes);
        return bufferAddress(mbuf) + offset;
    }

    /**
     * Shrinks the data at its front, to take a header off.
     *
     * @param lengthBytes must not exceed {@link #dataLength}; not checked.
     * @return the new {@link #dataAddress}.
     */
    public static long removeFront(long mbuf, int lengthBytes) {
        return prepend(mbuf, -lengthBytes);
    }

    /**
     * Grows the data of a packet of one buffer at its end.
     *
     * @param lengthBytes must not exceed {@link #tailroom}; not checked.
     * @return the address of the first new byte.
     */
    public static long append(long mbuf, int lengthBytes) {
        int length = dataLength(mbuf);
        setLength(mbuf, length + lengthBytes);
        return dataAddress(mbuf) + length;
    }

    /** Returns the port the packet was received on, or {@link #PORT_NONE}. */
    public static int port(long mbuf) {
        return Memory.getUnsignedShort(mbuf + PORT);
    }

    /** Sets the port the packet counts as received on. */
    public static void setPort(long mbuf, int port) {
        Memory.putShort(mbuf + PORT, (short) port);
    }

    /** Returns the owners of this buffer, 1 unless it was cloned. */
    public static int refcnt(long mbuf) {
        return Memory.getUnsignedShort(mbuf + REFCNT);
    }

    /** Returns the buffers of the chain, 1 for most packets. */
    public static int segments(long mbuf) {
        return Memory.getUnsignedShort(mbuf + NB_SEGS);
    }

    /** Sets the buffers of the chain; valid in its first buffer. */
    public static void setSegments(long mbuf, int segments) {
        Memory.putShort(mbuf + NB_SEGS, (short) segments);
    }

    /** Returns the next buffer of the chain, 0 in the last. */
    public static long next(long mbuf) {
        return Memory.getLong(mbuf + NEXT);
    }

    /** Links another buffer behind this one; 0 ends the chain. */
    public static void setNext(long mbuf, long next) {
        Memory.putLong(mbuf + NEXT, next);
    }

    /** Returns {@code RTE_MBUF_F_…} bits: what rx found out, what tx shall do. */
    public static long offloadFlags(long mbuf) {
        return Memory.getLong(mbuf + OL_FLAGS);
    }

    /** Sets the {@code RTE_MBUF_F_…} bits. */
    public static void setOffloadFlags(long mbuf, long flags) {
        Memory.putLong(mbuf + OL_FLAGS, flags);
    }

    /**
     * Returns the header lengths that tx offloads need, as one word: l2_len in bits 0..6, l3_len in 7..15, l4_len in 16..23,
     * tso_segsz in 24..39, outer_l3_len in 40..48, outer_l2_len in 49..55.
     */
    public static long txOffload(long mbuf) {
        return Memory.getLong(mbuf + TX_OFFLOAD);
    }

    /** Sets the word that {@link #txOffload} describes. */
    public static void setTxOffload(long mbuf, long word) {
        Memory.putLong(mbuf + TX_OFFLOAD, word);
    }

    /** Returns the {@code RTE_PTYPE_…} bits some drivers fill in, else 0. */
    public static int packetType(long mbuf) {
        return Memory.getInt(mbuf + PACKET_TYPE);
    }

    /** Returns the tag the device stripped on rx; meaningful if the offload flags say so. */
    public static int vlanTci(long mbuf) {
        return Memory.getUnsignedShort(mbuf + VLAN_TCI);
    }

    /** Sets the tag a device shall insert on tx, if the offload flags ask for it. */
    public static void setVlanTci(long mbuf, int tci) {
        Memory.putShort(mbuf + VLAN_TCI, (short) tci);
    }

    /**
     * Returns the word that {@link #setUserWord} stored.
     *
     * <p>It lies in the field of the receive-side-scaling hash (8 bytes), which drivers write on rx and none reads on tx.
     */
    public static long userWord(long mbuf) {
        return Memory.getLong(mbuf + HASH);
    }

    /** Stores a word of the application's own in place of the receive-side-scaling hash. */
    public static void setUserWord(long mbuf, long word) {
        Memory.putLong(mbuf + HASH, word);
    }

    /** Returns the address of the buffer the data lies in. */
    public static long bufferAddress(long mbuf) {
        return Memory.getLong(mbuf + BUF_ADDR);
    }

    /** Returns the bytes of that buffer: headroom, data and tailroom. */
    public static int bufferLength(long mbuf) {
        return Memory.getUnsignedShort(mbuf + BUF_LEN);
    }

    /** Returns the address of the {@code rte_mempool} it returns to; compare with {@link Mempool#address}. */
    public static long poolAddress(long mbuf) {
        return Memory.getLong(mbuf + POOL);
    }

    /** Makes a buffer look as if just allocated, its chain forgotten ({@code rte_pktmbuf_reset}). */
    public static void reset(long mbuf) {
        Memory.putLong(mbuf + NEXT, 0);
        Memory.putInt(mbuf + PKT_LEN, 0);
        Memory.putLong(mbuf + TX_OFFLOAD, 0);
        Memory.putShort(mbuf + VLAN_TCI, (short) 0);
        Memory.putShort(mbuf + VLAN_TCI_OUTER, (short) 0);
        Memory.putShort(mbuf + NB_SEGS, (short) 1);
        Memory.putShort(mbuf + PORT, (short) PORT_NONE);
        // A buffer whose memory lies outside the mbuf keeps saying so.
        Memory.putLong(mbuf + OL_FLAGS, Memory.getLong(mbuf + OL_FLAGS) & Dpdk.RTE_MBUF_F_EXTERNAL());
        Memory.putInt(mbuf + PACKET_TYPE, 0);
        Memory.putShort(mbuf + DATA_OFF, (short) Math.min(HEADROOM_BYTES, bufferLength(mbuf)));
        Memory.putShort(mbuf + DATA_LEN, (short) 0);
    }
}
