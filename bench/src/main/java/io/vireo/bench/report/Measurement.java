package io.vireo.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One figure of Vireo's, beside the same figure of a peer taken in the same run.
 *
 * @param scenario what was measured: {@code command/what}, without the peer
 * @param frameBytes frame length with its FCS, as RFC 2544 counts; 0 where there are no frames
 * @param peer the peer's name; empty when there is none
 * @param unit what the figures count
 * @param vireo Vireo's readings
 * @param peerSamples the peer's readings, taken in turn with Vireo's
 * @param point the figure's place on a curve, if it is of one
 * @param origin where it comes from
 */
public record Measurement(
        String scenario,
        int frameBytes,
        String peer,
        Unit unit,
        Samples vireo,
        @Nullable Samples peerSamples,
        @Nullable CurvePoint point,
        Origin origin) {
    /** Refuses a peer without readings and readings without a peer. */
    public Measurement {
        if (peer.isEmpty() != (peerSamples == null)) {
            throw new IllegalArgumentException("peer: '" + peer + "' with readings " + peerSamples);
        }
    }

    /** A figure of Vireo's alone. */
    public static Measurement alone(String scenario, Unit unit, Samples vireo) {
        return new Measurement(scenario, 0, "", unit, vireo, null, null, Origin.UNKNOWN);
    }

    /** The same figure, beside a peer's. */
    public Measurement beside(String name, Samples samples) {
        return new Measurement(scenario, frameBytes, name, unit, vireo, samples, point, origin);
    }

    /** The same figure, of frames of this length. */
    public Measurement ofFrames(int bytes) {
        return new Measurement(scenario, bytes, peer, unit, vireo, peerSamples, point, origin);
    }

    /** The same figure, as a point of a curve. */
    public Measurement at(CurvePoint place) {
        return new Measurement(scenario, frameBytes, peer, unit, vireo, peerSamples, place, origin);
    }

    /** The same figure, from there. */
    public Measurement from(Origin source) {
        return new Measurement(scenario, frameBytes, peer, unit, vireo, peerSamples, point, source);
    }

    /** Vireo's median over the peer's; null without a peer or when the peer's is zero. */
    public @Nullable Double ratio() {
        if (peerSamples == null || peerSamples.median() == 0) {
            return null;
        }
        return vireo.median() / peerSamples.median();
    }
}
