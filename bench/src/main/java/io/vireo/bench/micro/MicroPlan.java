package io.vireo.bench.micro;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much is measured of each case.
 *
 * @param forks JVMs in turn: the JIT's choices differ from one to the next
 * @param warmUps iterations before what counts
 * @param samples iterations that count, of each JVM
 * @param length of every iteration
 */
record MicroPlan(int forks, int warmUps, int samples, TimeValue length) {
    static final MicroPlan THOROUGH = new MicroPlan(2, 4, 4, TimeValue.milliseconds(400));
    static final MicroPlan QUICK = new MicroPlan(1, 3, 4, TimeValue.milliseconds(100));
}
