package io.vireo.control.model;

import io.vireo.dataplane.schedule.policy.ServiceCurve;

/** A service curve, in the form in which the operator wrote it. */
public sealed interface Curve {

    /** What it means to the scheduler. */
    ServiceCurve service();

    /**
     * One rate, always.
     *
     * @param rate {@link ServiceCurve#MIN_RATE} to {@link ServiceCurve#MAX_RATE}.
     */
    record Straight(Bandwidth rate) implements Curve {

        public Straight {
            ServiceCurve.linear(rate.bitsPerSecond());
        }

        @Override
        public ServiceCurve service() {
            return ServiceCurve.linear(rate.bitsPerSecond());
        }
    }

    /** {@code m1} for {@code d}, then {@code m2}. */
    record TwoPiece(ServiceCurve service) implements Curve {}

    /**
     * A packet is through within a delay, and in the long run there is a rate.
     *
     * @param packetBytes the largest packet, with its Ethernet header, 1 to {@link Limits#MAX_CURVE_PACKET_BYTES}.
     * @param delay       its longest delay, more than 0.
     * @param rate        {@link ServiceCurve#MIN_RATE} to {@link ServiceCurve#MAX_RATE}.
     */
    record PacketDelay(int packetBytes, TimeSpan delay, Bandwidth rate) implements Curve {

        /** Refuses what is no curve. */
        public PacketDelay {
            ServiceCurve.ofPacket(packetBytes, delay.ns(), rate.bitsPerSecond());
        }

        @Override
        public ServiceCurve service() {
            return ServiceCurve.ofPacket(packetBytes, delay.ns(), rate.bitsPerSecond());
        }
    }
}
