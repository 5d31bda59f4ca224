package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** ESP with AES-GCM-128 (RFC 4303 §2, RFC 4106) by the JDK's cipher; IPv4 in it. Both directions have the same key. */
record Esp() implements TunnelKind {
    static final int SPI = 0x1234;

    private static final int PROTOCOL = 50;
    private static final int NEXT_IPV4 = 4;
    private static final int WINDOW = 1024;
    private static final int HEADER_BYTES = 16;
    private static final int AAD_BYTES = 8;
    private static final int TRAILER_BYTES = 2;
    private static final int TAG_BYTES = 16;
    private static final int ALIGNMENT = 4;
    private static final int SALT = 0xcafebabe;
    private static final String KEY = "feffe9928665731c6d6a8f9467308308";

    @Override
    public String title() {
        return "ESP " + TunnelKinds.ENCRYPTED;
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.ESP, underlayRouter).esp(EspAlgorithm.AES_GCM_128, WINDOW, false);
    }

    /** Without ESN there are 2^32 numbers: enough for minutes at any rate that is measured. */
    @Override
    public List<SecurityAssociationSpec> keys(int tunnel, boolean isOutbound, long incarnation) {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(KEY));
        return List.of(new SecurityAssociationSpec()
                .of(tunnel, isOutbound, SPI)
                .key(SALT, words.getLong(), words.getLong(), 0, 0)
                .once(incarnation, tunnel)
                .lifetime(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        int padding = -(inner.length + TRAILER_BYTES) & ALIGNMENT - 1;
        ByteBuffer text =
                ByteBuffer.allocate(inner.length + padding + TRAILER_BYTES).put(inner);
        for (int n = 1; n <= padding; n++) {
            text.put((byte) n);
        }
        text.put((byte) padding).put((byte) NEXT_IPV4);
        ByteBuffer esp = ByteBuffer.allocate(HEADER_BYTES + text.capacity() + TAG_BYTES)
                .putInt(SPI)
                .putInt(1)
                .putLong(1);
        return OuterIpv4.encapsulate(
                PROTOCOL,
                esp.put(run(Cipher.ENCRYPT_MODE, esp.array(), text.array())).array());
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        byte[] esp = OuterIpv4.decapsulate(PROTOCOL, outer);
        require(esp.length >= HEADER_BYTES + ALIGNMENT + TAG_BYTES, "no room for ESP");
        require(ByteBuffer.wrap(esp).getInt() == SPI, "a wrong SPI");
        byte[] text = run(Cipher.DECRYPT_MODE, esp, Arrays.copyOfRange(esp, HEADER_BYTES, esp.length));
        require(text[text.length - 1] == NEXT_IPV4, "a wrong next header");
        int innerBytes = text.length - TRAILER_BYTES - text[text.length - TRAILER_BYTES];
        require(innerBytes > 0, "a wrong padding");
        return Arrays.copyOf(text, innerBytes);
    }

    /** @param esp whose header is complete */
    private static byte[] run(int mode, byte[] esp, byte[] text) {
        byte[] nonce = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(SALT)
                .put(esp, AAD_BYTES, Long.BYTES)
                .array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(esp, 0, AAD_BYTES);
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a wrong tag", e);
        }
    }
}
