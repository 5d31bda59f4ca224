package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Bus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two cables between ports of this machine: NICs, or what Linux or DPDK has in their place.
 *
 * @param generator the generator's ports
 * @param device the device's ports
 */
record PortWire(PortPair generator, PortPair device) implements WireEnds {
    /** Two NICs agree on a speed within seconds, with a new transceiver. */
    private static final Duration CARRIER_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public String ofDevice(int port) {
        return device.port(port);
    }

    @Override
    public String ofGenerator(int port) {
        return generator.port(port);
    }

    @Override
    public WireEnds forResets() {
        return this;
    }

    /**
     * DPDK 22.11's af_packet opens a socket for all interfaces and binds it to its own a moment later: under load a port that
     * starts has frames of the others, which the device then sends twice, in disorder, or back.
     */
    @Override
    public Optional<String> resetObstacle() {
        return device.bus() == Bus.PCI
                ? Optional.empty()
                : Optional.of(
                        "a packet socket that is opened under load takes frames of all interfaces of the machine");
    }

    @Override
    public Bus deviceBus() {
        return device.bus();
    }

    @Override
    public Bus generatorBus() {
        return generator.bus();
    }

    @Override
    public List<String> deviceArguments() {
        return device.arguments();
    }

    @Override
    public int deviceNumber(int port) {
        return device.number(port);
    }

    @Override
    public void makeRoomForDevice() {
        // A port is free when its process has ended.
    }

    @Override
    public void makeRoomForGenerator() {
        // Likewise.
    }

    @Override
    public Duration carrierTimeout() {
        return CARRIER_TIMEOUT;
    }

    /** A cable that carries nothing at first will not later. */
    @Override
    public int carrierAttempts() {
        return 1;
    }

    /** An interface of Linux keeps its carrier when nobody reads it, and some NICs do. */
    @Override
    public int carriersLostInReset() {
        return 0;
    }

    @Override
    public String description() {
        return "two cables: from the generator's " + generator + " to the device's " + device
                + ", 1024 frames each way where the driver allows it; 64-byte frames are 60 without FCS";
    }

    @Override
    public void close() {
        // The cables stay.
    }
}
