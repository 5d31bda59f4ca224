package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Bus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What joins generator and device: two ports at each end, 0 and 1. Port 0 of the generator is wired to port 0 of the device,
 * port 1 to port 1. Frames go out by the first and come back by the second. One thread.
 */
public interface WireEnds extends AutoCloseable {
    /** The device's port, 0 or 1, as DPDK spells it. */
    String ofDevice(int port);

    /** The generator's port that is wired to it. */
    String ofGenerator(int port);

    /** A wire between the same processes on which a device can go and come again while the generator waits for it. */
    WireEnds forResets() throws IOException;

    /** Why no device can be reset on this wire; empty when one can. */
    Optional<String> resetObstacle();

    /** Where the device's ports are. */
    Bus deviceBus();

    /** Where the generator's ports are. */
    Bus generatorBus();

    /** EAL arguments of a C program for the device's ports, and no others. */
    List<String> deviceArguments();

    /** DPDK's number of the device's port in a program that has both from its start: 0 or 1. */
    int deviceNumber(int port);

    /** To be called before a device starts. */
    void makeRoomForDevice() throws IOException;

    /** To be called before a generator listens. */
    void makeRoomForGenerator() throws IOException;

    /** How long to wait for a carrier when both ends have started. */
    Duration carrierTimeout();

    /** How often both ends may be started anew when there was no carrier, 1 or more. */
    int carrierAttempts();

    /** How often the generator must lose and find the carrier, at least, when a device is killed and started again. */
    int carriersLostInReset();

    /** For reports. */
    String description();

    @Override
    void close() throws IOException;
}
