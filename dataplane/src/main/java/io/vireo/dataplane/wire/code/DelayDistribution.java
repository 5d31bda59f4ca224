package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** How the delays of an emulated wire are spread about their mean. */
public enum DelayDistribution {
    /** Evenly, within the jitter to either side. */
    UNIFORM(1),
    /** Normally: the jitter is the standard deviation. */
    NORMAL(2),
    /** By a Pareto distribution of shape 3: mostly short, sometimes very long; the jitter is the standard deviation. */
    PARETO(3);

    private static final CodeTable<DelayDistribution> BY_CODE = new CodeTable<>(values(), DelayDistribution::code);

    private final int code;

    DelayDistribution(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable DelayDistribution ofCode(int code) {
        return BY_CODE.get(code);
    }
}
