package io.vireo.dataplane.conductor;

import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.CaptureCommandHandler;

/** Opens and closes captures for control. Single user: the conductor. */
final class Captures implements CaptureCommandHandler {
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

    @Override
    public void onStartCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        refusal.answer(correlationId, start(captureId, interfaceId, dropReason, snapLength, packetLimit));
    }

    @Override
    public void onStopCapture(long correlationId, int captureId) {
        refusal.answer(correlationId, stop(captureId));
    }

    /** Opens a capture; one that is open under this id is replaced. */
    private boolean start(int capture, int interfaceId, int dropReason, int snapLength, long packetLimit) {
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

    private boolean stop(int capture) {
        if (!filters.isOpen(capture)) {
            return refusal.because(CommandResult.NOT_FOUND, "captureId: there is no capture ", capture, "");
        }
        filters.close(capture);
        return true;
    }
}
