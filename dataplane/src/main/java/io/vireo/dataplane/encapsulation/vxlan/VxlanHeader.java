package io.vireo.dataplane.encapsulation.vxlan;

import io.vireo.dpdk.Memory;

/**
 * The VXLAN header (RFC 7348 §5), between the UDP header and the frame inside.
 *
 * <pre>
 *  |R|R|R|R|I|R|R|R| reserved                                        |   I: the VNI is valid
 *  | VXLAN network identifier, 24 bits                | reserved     |
 * </pre>
 *
 * What is reserved is sent as zero and ignored in what comes.
 */
public final class VxlanHeader {
    /** Length of the header. */
    public static final int BYTES = 8;

    private static final int VNI_VALID = 0x0800_0000;
    private static final int VNI = 4;
    private static final int VNI_SHIFT = 8;

    private VxlanHeader() {}

    /** Writes a header, which all packets of a tunnel share. Conductor only. */
    public static void write(long vxlan, int vni) {
        Memory.putIntBigEndian(vxlan, VNI_VALID);
        Memory.putIntBigEndian(vxlan + VNI, vni << VNI_SHIFT);
    }

    /** Whether a header says a VNI. */
    public static boolean hasVni(long vxlan) {
        return (Memory.getIntBigEndian(vxlan) & VNI_VALID) != 0;
    }

    public static int vni(long vxlan) {
        return Memory.getIntBigEndian(vxlan + VNI) >>> VNI_SHIFT;
    }
}
