package io.vireo.control.node.ike;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A pseudorandom function of IKEv2, and what is derived by it. prf is HMAC, and prf+ (RFC 7296 §2.13) is byte for byte HKDF's expand (RFC
 * 5869 §2.3, whose appendix says so little): the JDK has both.
 */
enum IkePrf {
    HMAC_SHA2_256(5, "HKDF-SHA256", 32),
    HMAC_SHA2_384(6, "HKDF-SHA384", 48),
    HMAC_SHA2_512(7, "HKDF-SHA512", 64);

    private final int transform;
    private final String algorithm;
    private final int bytes;

    IkePrf(int transform, String algorithm, int bytes) {
        this.transform = transform;
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /**
     * The function of a transform ID (RFC 7296 §3.3.2, RFC 4868).
     *
     * @throws HaFormatException when it is none that is ever proposed
     */
    static IkePrf of(int transform) throws HaFormatException {
        for (IkePrf prf : values()) {
            if (prf.transform == transform) {
                return prf;
            }
        }
        throw new HaFormatException("PRF " + transform + " is not known");
    }

    /** Bytes of its output, and of SK_d. */
    int bytes() {
        return bytes;
    }

    /** {@code prf(key, data)}. */
    byte[] apply(byte[] key, byte[] data) {
        try {
            return KDF.getInstance(algorithm)
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addSalt(key)
                            .addIKM(data)
                            .extractOnly());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    /** The first bytes of {@code prf+(key, seed)}. */
    byte[] plus(byte[] key, byte[] seed, int length) {
        try {
            return KDF.getInstance(algorithm)
                    .deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "HKDF"), seed, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    /** The parts one after the other. */
    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static void wipe(byte[]... secrets) {
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
