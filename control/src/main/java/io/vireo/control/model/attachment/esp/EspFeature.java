package io.vireo.control.model.attachment.esp;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.model.Encapsulation.Esp.Lifetime;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** A tunnel whose packets are encrypted. */
public record EspFeature(Esp esp) implements EncapsulationFeature {
    /**
     * SPI, number and IV before a packet; its trailer and the tag behind it. A packet of the default MTU needs no padding, and a
     * shorter one no more than it is shorter.
     */
    private static final int BYTES = 16 + 2 + 16;

    private static final int UDP_BYTES = 8;
    private static final int NO_UDP = 0;

    @Override
    public String name() {
        return EspReader.ESP;
    }

    @Override
    public int headerBytes() {
        return esp.udpPort() == NO_UDP ? BYTES : BYTES + UDP_BYTES;
    }

    @Override
    public void write(Tree tree) {
        Lifetime lifetime = esp.lifetime();
        tree.put(EspReader.ALGORITHM, esp.algorithm().toString())
                .putUnless(EspReader.WINDOW, esp.window(), Limits.DEFAULT_REPLAY_WINDOW)
                .putUnless(EspReader.ESN, esp.isExtended(), esp.ike() == null)
                .putUnless(EspReader.PACKETS, lifetime.packets(), Lifetime.DEFAULT.packets())
                .putUnless(EspReader.BYTES, lifetime.bytes(), Lifetime.DEFAULT.bytes())
                .putUnless(EspReader.SECONDS, lifetime.seconds(), Lifetime.DEFAULT.seconds())
                .putUnless(EspReader.UDP, esp.udpPort() != NO_UDP, false);
        if (esp.udpPort() != NO_UDP) {
            tree.putUnless(EspReader.PORT, esp.udpPort(), Limits.ESP_PORT);
        }
        if (esp.ike() != null) {
            tree.put(IkeReader.IKE, IkeReader.write(esp.ike()).fields());
        }
    }

    @Override
    public void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        if (esp.udpPort() != NO_UDP && tunnel.modes().fragment() == HeaderModes.Fragment.OUTER) {
            checks.problem(
                    tunnel,
                    "fragment",
                    "is outer, which ESP in UDP cannot be: a node leaves fragments of UDP to its kernel");
        }
    }

    /** Packets are received by their SPIs, but which of two tunnels a key is for nobody could say. */
    @Override
    public @Nullable TunnelKey key() {
        return null;
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.ESP;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.espInUdp(esp.udpPort())
                .esp(
                        switch (esp.algorithm()) {
                            case AES_GCM_128 -> EspAlgorithm.AES_GCM_128;
                            case AES_GCM_256 -> EspAlgorithm.AES_GCM_256;
                            case CHACHA20_POLY1305 -> EspAlgorithm.CHACHA20_POLY1305;
                        },
                        esp.window(),
                        esp.isExtended());
    }

    @Override
    public String describe() {
        String inUdp = switch (esp.udpPort()) {
            case NO_UDP -> "";
            case Limits.ESP_PORT -> " in UDP";
            default -> " in UDP port " + esp.udpPort();
        };
        return EspReader.ESP + " " + esp.algorithm() + inUdp + (esp.ike() == null ? "" : ", keys by IKE");
    }
}
