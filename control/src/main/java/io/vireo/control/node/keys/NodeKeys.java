package io.vireo.control.node.keys;

import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.IkeStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.Keys;
import io.vireo.control.view.NotFoundException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes keys of ESP tunnels, and takes those that the far end has made. Any thread may call. */
public final class NodeKeys implements Keys {
    private static final HexFormat HEX = HexFormat.of();

    private final TunnelKeys keys;
    private final Function<String, @Nullable IkeStatus> ike;
    private final SecureRandom random = new SecureRandom();

    /** @param ike what IKE says of a tunnel, by its path; null: nothing. */
    public NodeKeys(TunnelKeys keys, Function<String, @Nullable IkeStatus> ike) {
        this.keys = keys;
        this.ike = ike;
    }

    @Override
    public EspStatus status() {
        return keys.status(ike);
    }

    /** The ESP tunnels that have no key to send by, by their paths, and why; none while there is no data plane to ask. */
    public Map<String, String> unkeyed() {
        if (keys.plan().interfaces().values().stream().allMatch(plan -> TunnelKeys.espOrNull(plan) == null)) {
            return Map.of();
        }
        try {
            return status().tunnels().stream()
                    .filter(tunnel ->
                            tunnel.outbound() == null || tunnel.outbound().ended())
                    .collect(Collectors.toMap(EspTunnel::path, NodeKeys::reason));
        } catch (DataplaneAbsentException e) {
            return Map.of(); // which is said of every link
        }
    }

    private static String reason(EspTunnel tunnel) {
        String reason = tunnel.ike() == null ? null : tunnel.ike().reason();
        return "it has no key to send by" + (reason == null ? "" : ": " + reason);
    }

    @Override
    public KeyOffer offer(InterfacePath path) {
        InterfacePlan plan = tunnel(path);
        byte[] key = new byte[TunnelKeys.espOf(plan).algorithm().keyBytes()];
        byte[] salt = new byte[TunnelKeys.SALT_BYTES];
        random.nextBytes(key);
        random.nextBytes(salt);
        KeyOffer offer = new KeyOffer(
                random.nextLong(KeyOffer.MIN_SPI, KeyOffer.MAX_SPI + 1), HEX.formatHex(salt), HEX.formatHex(key));
        keys.receive(plan, (int) offer.spi(), salt, key);
        return offer;
    }

    @Override
    public void accept(InterfacePath path, long incarnation, long ticket, KeyOffer offer) {
        InterfacePlan plan = tunnel(path);
        if (ticket <= 0) {
            throw new KeyRefusedException("ticket: must be greater than 0, as the status gave it");
        }
        byte[] key = HEX.parseHex(offer.key());
        byte[] salt = HEX.parseHex(offer.salt());
        int keyBytes = TunnelKeys.espOf(plan).algorithm().keyBytes();
        if (key.length != keyBytes || salt.length != TunnelKeys.SALT_BYTES) {
            throw new KeyRefusedException(
                    "key: must have " + keyBytes + " bytes, and its salt " + TunnelKeys.SALT_BYTES);
        }
        keys.send(plan, incarnation, ticket, (int) offer.spi(), salt, key);
    }

    @Override
    public void retire(InterfacePath path, long spi) {
        InterfacePlan plan = tunnel(path);
        if (spi < KeyOffer.MIN_SPI || spi > KeyOffer.MAX_SPI) {
            throw new KeyRefusedException(
                    plan.key() + ": spi: must be " + KeyOffer.MIN_SPI + " to " + KeyOffer.MAX_SPI);
        }
        keys.retire(plan, (int) spi);
    }

    private InterfacePlan tunnel(InterfacePath path) {
        InterfacePlan plan = keys.plan().interfaces().get(path.toString());
        if (plan == null || TunnelKeys.espOrNull(plan) == null) {
            throw new NotFoundException("there is no ESP tunnel " + path);
        }
        if (TunnelKeys.espOf(plan).ike() != null) {
            throw new KeyRefusedException(path + ": its keys are negotiated by IKE");
        }
        return plan;
    }
}
