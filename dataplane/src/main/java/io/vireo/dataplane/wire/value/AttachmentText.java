package io.vireo.dataplane.wire.value;

/** What an interface is attached to, as text in which every field of its kind is: for people, and to compare two. */
final class AttachmentText {
    private AttachmentText() {}

    static String of(InterfaceSpec spec) {
        return switch (spec.kind()) {
            case ACCESS ->
                "on port " + spec.portId() + " VLAN " + spec.vlan() + " VPN-ID "
                        + Integer.toUnsignedString(spec.vpnId()) + " option " + spec.vnsOption()
                        + (spec.takesLabels() ? " with labels" : "");
            case SUBSTRATE ->
                "on port " + spec.portId() + " VLAN " + spec.vlan() + " " + spec.substrate()
                        + (spec.peerInterfaceId() == InterfaceSpec.NONE
                                ? ""
                                : " crosses to interface " + spec.peerInterfaceId());
            case LINK -> "linked to interface " + spec.peerInterfaceId();
            case TUNNEL -> spec.tunnel().toString();
        };
    }
}
