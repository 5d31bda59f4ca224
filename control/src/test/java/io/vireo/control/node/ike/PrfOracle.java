package io.vireo.control.node.ike;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** prf and prf+ as RFC 7296 §2.13 writes them. */
final class PrfOracle {
    private PrfOracle() {}

    static byte[] prf(String mac, byte[] key, byte[]... data) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            for (byte[] each : data) {
                hmac.update(each);
            }
            return hmac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] prfPlus(String mac, byte[] key, byte[] seed, int length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] last = {};
        for (int n = 1; all.size() < length; n++) {
            last = prf(mac, key, last, seed, new byte[] {(byte) n});
            all.writeBytes(last);
        }
        return Arrays.copyOf(all.toByteArray(), length);
    }
}
