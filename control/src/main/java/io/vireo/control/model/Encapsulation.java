package io.vireo.control.model;

/** How a tunnel wraps packets. */
public sealed interface Encapsulation {

    /** In IP itself, without a header between the two (RFC 2003, RFC 2473, RFC 4213). */
    record IpIp() implements Encapsulation {}
}
