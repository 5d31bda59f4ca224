package io.vireo.control.node.ike;

import io.vireo.control.node.ike.HaMessage.IkeId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives the keys of CHILD_SAs from what the ha plugin says: SK_d of each IKE SA (RFC 7296 §2.14, §2.18), from that the keys of each
 * CHILD_SA (§2.17). Remembers SK_d while charon has the IKE SA. One thread.
 */
final class HaKeys {
    /** Anybody may begin an IKE SA: those that did not come to be go when there are so many, the oldest first. */
    static final int MAX_HALF_OPEN = 256;

    private static final int AES_GCM_16 = 20;
    private static final int CHACHA20_POLY1305 = 28;
    private static final int CHACHA20_KEY_BYTES = 32;

    private final Listener listener;
    private final Map<IkeId, IkeSa> established = new LinkedHashMap<>();
    private final Map<IkeId, IkeSa> halfOpen = new LinkedHashMap<>();

    /** What became of CHILD_SAs. */
    interface Listener {
        /** One has keys; the listener wipes them. */
        void onChildKeys(ChildKeys keys);

        void onChildDeleted(int inboundSpi);
    }

    /** What an IKE SA has for its CHILD_SAs. */
    private static final class IkeSa {
        private final IkePrf prf;
        private final byte[] skd;

        private IkeSa(IkePrf prf, byte[] skd) {
            this.prf = prf;
            this.skd = skd;
        }
    }

    HaKeys(Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes what is in a message, which is left to its owner.
     *
     * @throws HaFormatException when it lacks something, or is about an SA of which nothing was said
     */
    void onMessage(HaMessage message) throws HaFormatException {
        switch (message.kind()) {
            case IKE_ADD -> onIkeKeys(message);
            case IKE_UPDATE -> onEstablished(message.ikeId());
            case IKE_DELETE -> {
                forget(established.remove(message.ikeId()));
                forget(halfOpen.remove(message.ikeId()));
            }
            case CHILD_ADD -> onChildKeys(message);
            case CHILD_DELETE -> listener.onChildDeleted(message.spi(HaAttribute.INBOUND_SPI));
            case OTHER -> {} // segments, message numbers
        }
    }

    int ikeSas() {
        return established.size() + halfOpen.size();
    }

    private void onIkeKeys(HaMessage message) throws HaFormatException {
        IkePrf prf = IkePrf.of(message.number(HaAttribute.PRF));
        byte[] nonces = IkePrf.concat(message.bytes(HaAttribute.NONCE_I), message.bytes(HaAttribute.NONCE_R));
        byte[] secret = message.bytes(HaAttribute.SECRET);
        byte[] id = message.bytes(HaAttribute.IKE_ID);
        IkeId ikeId = message.ikeId();
        IkePrf seedPrf = prf;
        byte[] seedKey = nonces;
        byte[] seedData = secret;
        if (message.has(HaAttribute.OLD_SKD)) {
            seedPrf =
                    IkePrf.of(message.number(HaAttribute.OLD_PRF)); // that of the old SA for both steps, as charon does
            seedKey = message.bytes(HaAttribute.OLD_SKD);
            seedData = IkePrf.concat(secret, nonces);
        }
        byte[] skeySeed = seedPrf.apply(seedKey, seedData);
        byte[] spis = new byte[2 * Long.BYTES];
        System.arraycopy(id, 1, spis, 0, spis.length);
        byte[] skd = seedPrf.plus(skeySeed, IkePrf.concat(nonces, spis), prf.bytes());
        IkePrf.wipe(skeySeed, seedData);
        forget(established.remove(ikeId));
        forget(halfOpen.put(ikeId, new IkeSa(prf, skd)));
        limitHalfOpen();
    }

    private void limitHalfOpen() {
        Iterator<IkeSa> oldest = halfOpen.values().iterator();
        while (halfOpen.size() > MAX_HALF_OPEN) {
            forget(oldest.next());
            oldest.remove();
        }
    }

    private void onEstablished(IkeId id) {
        IkeSa sa = halfOpen.remove(id);
        if (sa != null) {
            established.put(id, sa);
        }
    }

    private void onChildKeys(HaMessage message) throws HaFormatException {
        IkeId ikeId = message.ikeId();
        IkeSa sa = established.getOrDefault(ikeId, halfOpen.get(ikeId));
        if (sa == null) {
            throw new HaFormatException("a CHILD_SA of an IKE SA of which nothing was said");
        }
        if (message.has(HaAttribute.EXTENDED_SEQUENCE) && message.number(HaAttribute.EXTENDED_SEQUENCE) != 0) {
            throw new HaFormatException("a CHILD_SA with extended sequence numbers");
        }
        // All that may be missing is read before there are secrets to wipe.
        String name = message.text(HaAttribute.CONFIG_NAME);
        boolean isInitiator = message.number(HaAttribute.INITIATOR) != 0;
        int inboundSpi = message.spi(HaAttribute.INBOUND_SPI);
        int outboundSpi = message.spi(HaAttribute.OUTBOUND_SPI);
        int bytes = keyBytes(message) + ChildKeys.SALT_BYTES;
        byte[] seed = IkePrf.concat(
                message.bytesOrNone(HaAttribute.SECRET),
                message.bytes(HaAttribute.NONCE_I),
                message.bytes(HaAttribute.NONCE_R));
        byte[] material = sa.prf.plus(sa.skd, seed, 2 * bytes);
        byte[] ofInitiator = new byte[bytes];
        byte[] ofResponder = new byte[bytes];
        System.arraycopy(material, 0, ofInitiator, 0, bytes);
        System.arraycopy(material, bytes, ofResponder, 0, bytes);
        IkePrf.wipe(seed, material);
        listener.onChildKeys(new ChildKeys(
                name,
                isInitiator,
                inboundSpi,
                outboundSpi,
                isInitiator ? ofResponder : ofInitiator,
                isInitiator ? ofInitiator : ofResponder));
    }

    private static int keyBytes(HaMessage message) throws HaFormatException {
        int algorithm = message.number(HaAttribute.ENCRYPTION);
        return switch (algorithm) {
            case AES_GCM_16 -> {
                int bits = message.number(HaAttribute.ENCRYPTION_BITS);
                if (bits != 128 && bits != 256) {
                    throw new HaFormatException("AES-GCM with keys of " + bits + " bits");
                }
                yield bits / Byte.SIZE;
            }
            case CHACHA20_POLY1305 -> CHACHA20_KEY_BYTES;
            default -> throw new HaFormatException("encryption " + algorithm + " is not known");
        };
    }

    /** Wipes all that is remembered: charon has ended. */
    void clear() {
        established.values().forEach(HaKeys::forget);
        halfOpen.values().forEach(HaKeys::forget);
        established.clear();
        halfOpen.clear();
    }

    private static void forget(@Nullable IkeSa sa) {
        if (sa != null) {
            IkePrf.wipe(sa.skd);
        }
    }
}
