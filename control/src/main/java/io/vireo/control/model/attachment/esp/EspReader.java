package io.vireo.control.model.attachment.esp;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Encapsulation.Esp.Algorithm;
import io.vireo.control.model.Encapsulation.Esp.Lifetime;
import io.vireo.control.model.Ike;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads {@code esp: {…, algorithm: NAME, window: N, esn: BOOLEAN, lifetimePackets: N, lifetimeBytes: N, lifetimeSeconds: N, udp: BOOLEAN,
 * port: N, ike: {…}}}.
 */
public final class EspReader implements EncapsulationReader {
    static final String ESP = "esp";
    static final String ALGORITHM = "algorithm";
    static final String WINDOW = "window";
    static final String ESN = "esn";
    static final String PACKETS = "lifetimePackets";
    static final String BYTES = "lifetimeBytes";
    static final String SECONDS = "lifetimeSeconds";
    static final String UDP = "udp";
    static final String PORT = "port";

    /** What somebody who means to write a key down would call it. */
    private static final List<String> SECRETS = List.of("key", "keys", "salt", "spi", "secret", "psk");

    @Override
    public String name() {
        return ESP;
    }

    @Override
    public Encapsulation read(Fields fields) {
        fields.refuse(
                SECRETS,
                "a document: keys would stand in its history and in backups; 'vireo keys' gives them to both ends while they"
                        + " run, 'ike' negotiates them");
        boolean isNegotiated = fields.has(IkeReader.IKE);
        Algorithm algorithm = fields.optional(ALGORITHM, Algorithm.AES_GCM_128, EspReader::algorithm);
        int window = fields.optional(WINDOW, Limits.DEFAULT_REPLAY_WINDOW, EspReader::window);
        boolean isExtended = fields.optional(ESN, !isNegotiated, Scalars::truth);
        Lifetime lifetime = new Lifetime(
                fields.optional(
                        PACKETS, Lifetime.DEFAULT.packets(), Scalars.wideInteger(1, Lifetime.DEFAULT.packets())),
                fields.optional(BYTES, Lifetime.DEFAULT.bytes(), Scalars.wideInteger(1, Lifetime.DEFAULT.bytes())),
                fields.optional(SECONDS, Lifetime.DEFAULT.seconds(), Scalars.integer(1, Integer.MAX_VALUE)));
        boolean isInUdp = fields.optional(UDP, false, Scalars::truth);
        int port = fields.optional(PORT, Limits.ESP_PORT, Scalars.integer(1, Limits.MAX_UDP_PORT));
        if (!isInUdp && fields.has(PORT)) {
            fields.problem(PORT, "is of ESP in UDP, which is 'udp: true'");
        }
        Ike ike = fields.optionalNode(IkeReader.IKE, node -> IkeReader.read(fields.within(node), lifetime.seconds()));
        if (isNegotiated) {
            checkNegotiated(fields, isInUdp, port, isExtended);
        }
        return new Encapsulation.Esp(algorithm, window, isExtended, lifetime, isInUdp ? port : 0, ike);
    }

    /** What strongSwan 5.9.8 with its own data plane leaves to choose: it agrees upon nothing else. */
    private static void checkNegotiated(Fields fields, boolean isInUdp, int port, boolean isExtended) {
        if (!isInUdp) {
            fields.problem(UDP, "must be true with 'ike': strongSwan 5.9.8 agrees upon ESP in UDP only (RFC 3948)");
        }
        if (port != Limits.ESP_PORT) {
            fields.problem(PORT, "must be " + Limits.ESP_PORT + " with 'ike': IKE goes there, and ESP with it");
        }
        if (isExtended) {
            fields.problem(ESN, "must be false with 'ike': strongSwan 5.9.8 does not agree upon it");
        }
    }

    private static Algorithm algorithm(String text) {
        return Arrays.stream(Algorithm.values())
                .filter(algorithm -> algorithm.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                        + Arrays.stream(Algorithm.values())
                                .map(Algorithm::toString)
                                .collect(Collectors.joining(", "))));
    }

    private static int window(String text) {
        int window = Scalars.integer(Limits.MIN_REPLAY_WINDOW, Limits.MAX_REPLAY_WINDOW)
                .apply(text);
        if (Integer.bitCount(window) != 1) {
            throw new IllegalArgumentException("'" + text + "' is not a power of two");
        }
        return window;
    }
}
