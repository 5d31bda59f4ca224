package io.vireo.dataplane.conductor;

import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.wire.ResultCode;

/** Opens and closes captures for control. Single user: the conductor. */
final class Captures {
    private final CaptureFilters filters;
    private final Interfaces interfaces;
    private final GracePeriod grace;
    private final Refusal refusal;

    Captures(
            final CaptureFilters filters, final Interfaces interfaces, final GracePeriod grace, final Refusal refusal) {
        this.filters = filters;
        this.interfaces = interfaces;
        this.grace = grace;
        this.refusal = refusal;
    }

    /** Opens a capture; one that is open under this id is replaced. */
    boolean start(
            final int capture,
            final int interfaceId,
            final int dropReason,
            final int snapLength,
            final long packetLimit) {
        if (interfaceId != CaptureFilters.ANY && !interfaces.check(interfaceId)) {
            return false;
        }
        if (filters.isOpen(capture)) {
            filters.close(capture);
        }
        grace.await(1);
        filters.open(capture, interfaceId, dropReason, snapLength, packetLimit);
        return true;
    }

    /** Closes a capture. */
    boolean stop(final int capture) {
        if (!filters.isOpen(capture)) {
            return refusal.because(ResultCode.NOT_FOUND, "captureId: there is no capture ", capture, "");
        }
        filters.close(capture);
        return true;
    }
}
