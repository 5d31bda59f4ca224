package io.vireo.control.view;

/**
 * A frame to trace.
 *
 * @param interfacePath the interface at which it is to be received.
 * @param frame   an untagged Ethernet frame.
 */
@SuppressWarnings("ArrayRecordComponent") // A frame is handed on once, never compared.
public record TraceRequest(InterfacePath interfacePath, byte[] frame) {}
