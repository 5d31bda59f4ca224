package io.vireo.dataplane.wire.value;

import org.jspecify.annotations.Nullable;

/** In what two tunnels differ. Part of {@link TunnelSpec}. */
final class TunnelDifference {
    private TunnelDifference() {}

    /** As {@link TunnelSpec#fixedDifference}. */
    static @Nullable String fixed(TunnelSpec one, TunnelSpec other) {
        if (one.encapsulation() != other.encapsulation()) {
            return "encapsulation";
        }
        if (one.greOptions() != other.greOptions()) {
            return "greOptions";
        }
        if (!one.esp().isSame(other.esp())) {
            return "espOptions";
        }
        if (one.vnsOption() != other.vnsOption()) {
            return "vnsOption";
        }
        if (one.udpPort() != other.udpPort()) {
            return "udpPort";
        }
        if (one.outLabel() != other.outLabel()) {
            return "outLabel";
        }
        if (!one.keepalive().isSame(other.keepalive())) {
            return "keepaliveInterval";
        }
        String ends = ends(one, other);
        return ends == null && one.key() != other.key() ? "tunnelKey" : ends;
    }

    private static @Nullable String ends(TunnelSpec one, TunnelSpec other) {
        if (one.underlayRouterId() != other.underlayRouterId()) {
            return "underlayRouterId";
        }
        if (one.localHigh() != other.localHigh()
                || one.localLow() != other.localLow()
                || one.outerFamily() != other.outerFamily()) {
            return "local";
        }
        return one.remoteHigh() != other.remoteHigh() || one.remoteLow() != other.remoteLow() ? "remote" : null;
    }
}
