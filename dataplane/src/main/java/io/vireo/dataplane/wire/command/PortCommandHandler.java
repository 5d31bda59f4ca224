package io.vireo.dataplane.wire.command;

/** Carries out the commands about ports; see {@link CommandHandlers} for what all have in common. */
public interface PortCommandHandler {
    /** Opens and starts a port. */
    void onAddPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs);

    /** Stops and closes a port. */
    void onRemovePort(long correlationId, int portId);

    /** Takes in what the host says of a port's carrier; the port may come later. */
    void onSetPortLink(long correlationId, int portId, boolean up);

    /** Closes the device of a port, which keeps its interfaces and classes. */
    void onDetachPort(long correlationId, int portId);
}
