package io.vireo.dataplane.conductor;

import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.wire.code.CommandResult;

/** Opens and closes captures for control. Single user: the conductor. */
final class Captures {
    private final CaptureFilters filters;
    private final Interfaces interfaces;
    private final GracePeriod grace;
    private final Refusal refusal;

    Captures(CaptureFilters filters, Interfaces interfaces, GracePeriod grace, Refusal refusal) {
        this.filters = filters;
        this.interfaces = interfaces;
        this.grace = grace;
        this.refusal = refusal;
    }

    /** Opens a capture; one that is open under this id is replaced. */
    boolean start(int capture, int interfaceId, int dropReason, int snapLength, long packetLimit) {
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
    boolean stop(int capture) {
        if (!filters.isOpen(capture)) {
            return refusal.because(CommandResult.NOT_FOUND, "captureId: there is no capture ", capture, "");
        }
        filters.close(capture);
        return true;
    }
}
