package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One direction of an ESP tunnel as the JDK's ciphers make it: the obvious way, field by field (RFC 4303 §2, RFC 4106, RFC 7634). */
@SuppressWarnings("ArrayRecordComponent") // used, never compared
public record EspPeer(EspAlgorithm algorithm, boolean isExtended, int spi, byte[] salt, byte[] key) {
    public static final int PROTOCOL = 50;
    static final int UDP = 17;
    static final int UDP_PORT = 4500;
    static final int WINDOW = 64;
    static final int DUMMY = 59;

    private static final int TAG = 16;

    public static EspPeer random(EspAlgorithm algorithm, boolean isExtended, int spi) {
        Random random = new Random(spi);
        byte[] salt = new byte[4];
        byte[] key = new byte[algorithm == EspAlgorithm.AES_GCM_128 ? 16 : 32];
        random.nextBytes(salt);
        random.nextBytes(key);
        return new EspPeer(algorithm, isExtended, spi, salt, key);
    }

    /** The command that gives a data plane this key, with lifetimes that nobody reaches. */
    public SecurityAssociationSpec spec(int interfaceId, boolean isOutbound, long incarnation, long ticket) {
        ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(key, 32));
        return new SecurityAssociationSpec()
                .of(interfaceId, isOutbound, spi)
                .key(ByteBuffer.wrap(salt).getInt(), words.getLong(), words.getLong(), words.getLong(), words.getLong())
                .once(incarnation, ticket)
                .lifetime(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** All that stands behind the outer header, for an IP packet. */
    public byte[] seal(byte[] inner, long number) {
        return seal(inner, OuterPacket.protocolOf(inner), number);
    }

    byte[] seal(byte[] inner, int nextHeader, long number) {
        int padding = (4 - (inner.length + 2) % 4) % 4;
        ByteBuffer text = ByteBuffer.allocate(inner.length + padding + 2).put(inner);
        for (int n = 1; n <= padding; n++) {
            text.put((byte) n);
        }
        text.put((byte) padding).put((byte) nextHeader);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, text.array(), spi, number, number);
        return ByteBuffer.allocate(16 + sealed.length)
                .putInt(spi)
                .putInt((int) number)
                .putLong(number)
                .put(sealed)
                .array();
    }

    /** A UDP header from port to port before a payload, without a checksum (RFC 3948 §2.1). */
    static byte[] inUdp(byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) UDP_PORT)
                .putShort((short) UDP_PORT)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** The packet inside of a whole outer packet or frame whose ESP header begins there; null: it is not authentic. */
    byte @Nullable [] open(byte[] packet, int at, long number) {
        ByteBuffer header = ByteBuffer.wrap(packet, at, packet.length - at);
        byte[] text = run(
                Cipher.DECRYPT_MODE,
                Arrays.copyOfRange(packet, at + 16, packet.length),
                header.getInt(),
                number,
                header.getLong(at + 8));
        return text.length == 0 ? null : Arrays.copyOf(text, text.length - 2 - text[text.length - 2]);
    }

    private byte[] run(int mode, byte[] text, int spi, long number, long iv) {
        boolean isGcm = algorithm != EspAlgorithm.CHACHA20_POLY1305;
        byte[] nonce = ByteBuffer.allocate(12).put(salt).putLong(iv).array();
        ByteBuffer aad = ByteBuffer.allocate(isExtended ? 12 : 8).putInt(spi);
        try {
            Cipher cipher = Cipher.getInstance(isGcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
            cipher.init(
                    mode,
                    new SecretKeySpec(key, isGcm ? "AES" : "ChaCha20"),
                    isGcm ? new GCMParameterSpec(TAG * 8, nonce) : new IvParameterSpec(nonce));
            cipher.updateAAD((isExtended ? aad.putLong(number) : aad.putInt((int) number)).array());
            return cipher.doFinal(text);
        } catch (AEADBadTagException e) {
            return new byte[0];
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
