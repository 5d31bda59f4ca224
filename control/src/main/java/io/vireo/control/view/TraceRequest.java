package io.vireo.control.view;

/**
 * A frame to trace.
 *
 * @param element the interface at which it is to be received.
 * @param frame   an untagged Ethernet frame.
 */
@SuppressWarnings("ArrayRecordComponent") // A frame is handed on once, never compared.
public record TraceRequest(InterfacePath element, byte[] frame) {}
