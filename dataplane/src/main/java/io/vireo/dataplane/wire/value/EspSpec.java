package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.EspAlgorithm;

/**
 * What an ESP tunnel has beyond its ends. Part of {@link TunnelSpec}, which says what the methods have in common.
 */
public final class EspSpec {
    private EspAlgorithm algorithm = EspAlgorithm.NONE;
    private int window;
    private boolean isExtended;

    /**
     * Sets everything.
     *
     * @param algorithm NONE: it is no ESP tunnel
     * @param window numbers of its replay window, a power of two
     * @param isExtended whether sequence numbers are extended (ESN, RFC 4303 §2.2.1)
     */
    void set(EspAlgorithm algorithm, int window, boolean isExtended) {
        this.algorithm = algorithm;
        this.window = window;
        this.isExtended = isExtended;
    }

    /** Returns the cipher of an ESP tunnel, else NONE. */
    public EspAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns the numbers of an ESP tunnel's replay window, else 0. */
    public int window() {
        return window;
    }

    /** Returns whether sequence numbers of an ESP tunnel are extended. */
    public boolean isExtended() {
        return isExtended;
    }

    boolean isSame(EspSpec other) {
        return algorithm == other.algorithm && window == other.window && isExtended == other.isExtended;
    }

    @Override
    public String toString() {
        return algorithm + " window " + window + (isExtended ? " ESN" : "");
    }
}
