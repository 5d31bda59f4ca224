package io.vireo.control.view;

/**
 * A captured frame.
 *
 * @param interfaceId    the interface's identity in the data plane, or −1 when none was found.
 * @param direction      {@code received}, {@code sent}, {@code dropped}, {@code punted} or {@code injected}.
 * @param dropReason     name of the drop reason, or empty.
 * @param timestampNs    when, in nanoseconds since 1970 UTC.
 * @param originalLength length of the frame, in bytes.
 * @param frame          its first bytes; owned by whoever receives the record.
 */
@SuppressWarnings("ArrayRecordComponent") // A frame is handed on once, never compared.
public record CapturedFrame(
        int interfaceId, String direction, String dropReason, long timestampNs, int originalLength, byte[] frame) {}
