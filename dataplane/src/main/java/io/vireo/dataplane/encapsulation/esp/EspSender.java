package io.vireo.dataplane.encapsulation.esp;

import io.vireo.crypto.AeadContext;
import io.vireo.dpdk.Memory;

/** Encrypts packets. Single user: its worker. */
public final class EspSender {
    private final AeadContext cipher = new AeadContext();
    private final EspNonce nonce = new EspNonce();
    private final boolean isLive;

    /** @param isLive false: packets are only traced; they take no number, and nothing is encrypted, for that would use one twice. */
    public EspSender(boolean isLive) {
        this.isLive = isLive;
    }

    /**
     * Completes an ESP packet.
     *
     * @param sa an association that {@linkplain SecurityAssociationTable#sendDisposition may send}.
     * @param esp address of the header, {@link EspHeader#BYTES} before the packet inside.
     * @param innerBytes of the packet, behind which there is room for {@link EspHeader#bytesBehind}.
     * @param nextHeader 4 or 41.
     */
    public void seal(long sa, long esp, int innerBytes, int nextHeader) {
        long inner = esp + EspHeader.BYTES;
        int padding = EspHeader.paddingBytes(innerBytes);
        long number =
                isLive ? SecurityAssociationTable.takeNumber(sa, innerBytes) : SecurityAssociationTable.nextNumber(sa);
        Memory.putIntBigEndian(esp, SecurityAssociationTable.spi(sa));
        Memory.putIntBigEndian(esp + EspHeader.SEQUENCE, (int) number);
        Memory.putLongBigEndian(esp + EspHeader.IV, number);
        long trailer = inner + innerBytes;
        for (int n = 1; n <= padding; n++) { // RFC 4303 §2.4: 1, 2, 3
            Memory.putByte(trailer++, (byte) n);
        }
        Memory.putByte(trailer, (byte) padding);
        Memory.putByte(trailer + 1, (byte) nextHeader);
        if (isLive) {
            long tag = trailer + EspHeader.TRAILER_BYTES;
            nonce.compose(sa, esp, number);
            cipher.seal(
                    SecurityAssociationTable.algorithm(sa),
                    SecurityAssociationTable.expandedKey(sa),
                    nonce.address(),
                    nonce.aad(),
                    nonce.aadBytes(),
                    inner,
                    (int) (tag - inner),
                    tag);
        }
    }
}
