package io.vireo.bench.demo.lab;

/** One claim about Vireo, and the measurement that proves or refutes it. */
public interface DemoCheck {
    /** The claim, as the table prints it. */
    String claim();

    /**
     * Measures. Anything it throws counts as a failure of this check and leaves the others alone.
     *
     * @throws Exception when the measurement itself fails
     */
    Outcome measure() throws Exception;
}
