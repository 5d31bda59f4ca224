package io.vireo.control.model;

/**
 * A port with its identity.
 *
 * @param portId 0 to {@link Limits#MAX_PORTS} − 1, kept for as long as a port of this name is configured.
 * @param port   what was configured.
 */
public record DesiredPort(int portId, Port port) {

    /** The device string for DPDK. */
    public String devargs() {
        return port.device().devargs(port.name(), port.rxQueues());
    }
}
