package io.vireo.bench.report;

/** Figures for tests. */
final class Figures {
    static final Origin HERE = new Origin("machine A, 2 CPUs", "abc1234");

    private Figures() {}

    static Measurement speed(String scenario, double... samples) {
        return Measurement.alone(scenario, Unit.MEGA_PACKETS, Samples.of(samples))
                .from(HERE);
    }

    static Measurement time(String scenario, double... samples) {
        return Measurement.alone(scenario, Unit.SECONDS, Samples.of(samples)).from(HERE);
    }
}
