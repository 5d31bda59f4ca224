package io.vireo.dataplane.wire.value;

import java.util.Arrays;

/**
 * What a virtual router does with a label that comes in, but for where it sends the packet: it puts other labels in its place, takes it
 * off, or takes it off for itself. Mutable and reusable: nothing is allocated after construction. Not thread-safe. A handler gets one that
 * is valid during the call only.
 */
public final class LabelSpec {
    /** Labels that one may be replaced by. */
    public static final int MAX_OUT = 8;

    /** In place of an interface: the one by which the packet came. */
    public static final int NO_INTERFACE = -1;

    /** In place of a label of {@link #outOrNone}. */
    public static final int NO_LABEL = -1;

    private static final int IPV4_EXPLICIT_NULL = 0;
    private static final int MIN_LABEL = 16;
    private static final int IPV6_EXPLICIT_NULL = 2;

    private final int[] out = new int[MAX_OUT];
    private int routerId;
    private int label;
    private boolean isUniform;
    private boolean isLocal;
    private int receiverInterfaceId;
    private int outCount;

    /** Whether a label stands for none: who takes it off looks at what is underneath (RFC 3032 §2.1, RFC 4182). */
    public static boolean isExplicitNull(int label) {
        return label == IPV4_EXPLICIT_NULL || label == IPV6_EXPLICIT_NULL;
    }

    /** Whether packets may leave with a label: none that is reserved but the explicit nulls. */
    public static boolean maySend(int label) {
        return isExplicitNull(label) || label >= MIN_LABEL;
    }

    /** Begins with a label that is taken off. */
    public LabelSpec of(int routerId, int label) {
        this.routerId = routerId;
        this.label = label;
        isUniform = false;
        isLocal = false;
        receiverInterfaceId = NO_INTERFACE;
        outCount = 0;
        return this;
    }

    /** Whether all TTLs of a stack are one (RFC 3443 §3.1). */
    public LabelSpec uniform(boolean uniform) {
        isUniform = uniform;
        return this;
    }

    /** Has the router go on with what is underneath, as received by another interface or {@link #NO_INTERFACE}. */
    public LabelSpec local(int receiver) {
        isLocal = true;
        receiverInterfaceId = receiver;
        return this;
    }

    /** Adds a label under those that take the place of the one that came; there are at most {@link #MAX_OUT}. */
    public LabelSpec push(int next) {
        out[outCount++] = next;
        return this;
    }

    public int routerId() {
        return routerId;
    }

    public int label() {
        return label;
    }

    public boolean isUniform() {
        return isUniform;
    }

    public boolean isLocal() {
        return isLocal;
    }

    public int receiverInterfaceId() {
        return receiverInterfaceId;
    }

    /** Labels that take the place of the one that came. */
    public int outCount() {
        return outCount;
    }

    /** One of them, the outermost is 0. */
    public int out(int index) {
        return out[index];
    }

    /** As {@link #out}, {@link #NO_LABEL} behind the last. */
    public int outOrNone(int index) {
        return index < outCount ? out[index] : NO_LABEL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSpec that
                && routerId == that.routerId
                && label == that.label
                && isUniform == that.isUniform
                && isLocal == that.isLocal
                && receiverInterfaceId == that.receiverInterfaceId
                && Arrays.equals(out, 0, outCount, that.out, 0, that.outCount);
    }

    @Override
    public int hashCode() {
        int hash = 31 * routerId + label;
        for (int n = 0; n < outCount; n++) {
            hash = 31 * hash + out[n];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "router " + routerId + " label " + label + (isUniform ? " uniform" : " pipe")
                + (isLocal ? " for interface " + receiverInterfaceId : "")
                + " out " + Arrays.toString(Arrays.copyOf(out, outCount));
    }
}
