package io.vireo.dataplane.wire.value;

/** What an interface is attached to, as text in which every field of its kind is: for people, and to compare two. */
final class AttachmentText {
    private AttachmentText() {}

    static String of(InterfaceSpec spec) {
        return switch (spec.kind()) {
            case ACCESS ->
                "on port " + spec.portId() + " VLAN " + spec.vlan() + " VPN-ID "
                        + Integer.toUnsignedString(spec.tunnelKey()) + " option " + spec.vnsOption();
            case LINK -> "linked to interface " + spec.peerInterfaceId();
            case TUNNEL ->
                spec.encapsulation() + " in router " + spec.underlayRouterId() + " from " + spec.outerFamily() + " "
                        + Long.toHexString(spec.localHigh()) + "/" + Long.toHexString(spec.localLow()) + " to "
                        + Long.toHexString(spec.remoteHigh()) + "/" + Long.toHexString(spec.remoteLow())
                        + " hop limit " + spec.hopLimit() + " key " + Integer.toUnsignedString(spec.tunnelKey())
                        + " options " + spec.greOptions() + " VPN-ID option " + spec.vnsOption() + " " + spec.esp()
                        + " modes " + spec.tunnelModes();
        };
    }
}
