package io.vireo.bench.demo;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Outcome.Verdict;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A check that is measured again when the machine disturbed it, so that there is a result: {@value #MAX_ATTEMPTS} times at most,
 * and not again after a minute. A bound that was kept is a pass, and one that was missed undisturbed a failure, the first time; but
 * after an attempt that the machine has disturbed, a miss may be its work too, unseen, and must be repeated to be a failure.
 */
final class Repeated implements DemoCheck {
    static final int MAX_ATTEMPTS = 3;
    private static final long MAX_NS = Duration.ofMinutes(1).toNanos();

    private final DemoCheck check;
    private final LongSupplier clockNs;

    /** @param clockNs as {@link System#nanoTime} */
    Repeated(DemoCheck check, LongSupplier clockNs) {
        this.check = check;
        this.clockNs = clockNs;
    }

    @Override
    public String claim() {
        return check.claim();
    }

    @Override
    public Outcome measure() throws Exception {
        long startNs = clockNs.getAsLong();
        String before = "";
        int misses = 0;
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = check.measure();
            misses += outcome.verdict() == Verdict.FAILED ? 1 : 0;
            boolean isDoubtful = misses == 1 && attempt > 1 && outcome.verdict() == Verdict.FAILED;
            boolean isOver = attempt == MAX_ATTEMPTS || clockNs.getAsLong() - startNs > MAX_NS;
            if (isOver || (outcome.verdict() != Verdict.SKIPPED && !isDoubtful)) {
                return new Outcome(isDoubtful ? Verdict.SKIPPED : outcome.verdict(), outcome.measured() + before);
            }
            before += "; attempt " + attempt + ": " + outcome.measured();
        }
    }
}
