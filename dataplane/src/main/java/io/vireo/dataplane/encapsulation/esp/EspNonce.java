package io.vireo.dataplane.encapsulation.esp;

import io.vireo.crypto.AeadContext;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;

/** Nonce and associated data of the packet in hand. Single user: its worker. */
final class EspNonce {
    private static final int LINE = 64;
    private static final int SHORT_AAD_BYTES = 8;
    private static final int EXTENDED_AAD_BYTES = 12;

    private final long address = Arena.global().allocate(LINE, LINE).address();
    private final long extendedAad = address + AeadContext.NONCE_BYTES;
    private long aad;
    private int aadBytes;

    /**
     * Composes them for a packet whose SPI, sequence number and IV are there.
     *
     * @param number of the packet, of which the header carries the lower half.
     */
    void compose(long sa, long esp, long number) {
        Memory.putInt(address, SecurityAssociationTable.salt(sa));
        Memory.putLong(address + Integer.BYTES, Memory.getLong(esp + EspHeader.IV)); // RFC 4106 §4
        if (SecurityAssociationTable.isExtended(sa)) { // RFC 4106 §5: the number's high half stands between
            Memory.putInt(extendedAad, Memory.getInt(esp));
            Memory.putLongBigEndian(extendedAad + Integer.BYTES, number);
            aad = extendedAad;
            aadBytes = EXTENDED_AAD_BYTES;
        } else {
            aad = esp;
            aadBytes = SHORT_AAD_BYTES;
        }
    }

    long address() {
        return address;
    }

    long aad() {
        return aad;
    }

    int aadBytes() {
        return aadBytes;
    }
}
