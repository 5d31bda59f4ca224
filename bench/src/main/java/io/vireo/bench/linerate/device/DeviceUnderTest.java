package io.vireo.bench.linerate.device;

import java.io.IOException;

/** A program that forwards, and can be started again and again. */
public interface DeviceUnderTest {
    /** Where frames are sent to: 02:00:00:00:00:01. */
    long ROUTER_MAC = 0x020000000001L;

    /** From whom they come: 02:00:00:00:00:02. */
    long GENERATOR_MAC = 0x020000000002L;

    /** The neighbour behind the device's second port: 02:00:00:00:00:03. */
    long SINK_MAC = 0x020000000003L;

    /** The device's own address on its second port: 02:00:00:00:00:04. */
    long EGRESS_MAC = 0x020000000004L;

    /** Its name in reports. */
    String name();

    /** Starts it; when this returns, it forwards or is about to. */
    RunningDevice start() throws IOException, InterruptedException;
}
