package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** What an interface is attached to. A switch over it has no default: a new kind is to be thought of everywhere. */
public enum InterfaceKind {
    /** A port, or a VLAN of a port. */
    ACCESS(1),
    /** An end of an Ethernet-framed link to another router of this node. */
    LINK(2),
    /** An end of a tunnel: its packets travel inside packets of another router, the underlay. */
    TUNNEL(3),
    /** An end of a virtual link of the substrate: its packets travel in frames of a port, with an identifier. */
    SUBSTRATE(4);

    private static final CodeTable<InterfaceKind> BY_CODE = new CodeTable<>(values(), InterfaceKind::code);

    private final int code;

    InterfaceKind(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable InterfaceKind ofCode(int code) {
        return BY_CODE.get(code);
    }
}
