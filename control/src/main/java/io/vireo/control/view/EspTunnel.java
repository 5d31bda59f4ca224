package io.vireo.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ESP tunnel and its keys.
 *
 * @param path {@code VPN/ROUTER/INTERFACE}.
 * @param algorithm as in the document.
 * @param extended whether sequence numbers are extended.
 * @param underlay {@code VPN/ROUTER}.
 * @param local source of the outer packets.
 * @param remote destination of the outer packets.
 * @param outbound the key it sends by; null: it sends nothing.
 * @param inbound the keys it receives by.
 * @param ike how its keys are negotiated; null: they are not, {@link Keys#accept} gives them.
 */
public record EspTunnel(
        String path,
        String algorithm,
        boolean extended,
        String underlay,
        String local,
        String remote,
        @Nullable KeyState outbound,
        List<KeyState> inbound,
        @Nullable IkeStatus ike) {

    public EspTunnel {
        inbound = List.copyOf(inbound);
    }

    /** Whether the other is its far end: each has the other's addresses. */
    public boolean isFarEndOf(EspTunnel other) {
        return local.equals(other.remote)
                && remote.equals(other.local)
                && algorithm.equals(other.algorithm)
                && extended == other.extended;
    }
}
