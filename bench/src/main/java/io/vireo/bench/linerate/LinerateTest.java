package io.vireo.bench.linerate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The tests one can ask for. */
enum LinerateTest {
    /** NDR and PDR (RFC 9971), and throughput (RFC 2544 §26.1): all others build on it, so it is always made. */
    THROUGHPUT("throughput"),
    /** Latency at 90 % of NDR (RFC 2544 §26.2, of every frame). */
    LATENCY("latency"),
    /** Frame loss rate (RFC 2544 §26.3). */
    LOSS("loss"),
    /** Back-to-back frames (RFC 9004). */
    BACK_TO_BACK("back-to-back"),
    /** System recovery (RFC 2544 §26.5). */
    RECOVERY("recovery"),
    /** Reset (RFC 2544 §26.6). */
    RESET("reset");

    private final String text;

    LinerateTest(String text) {
        this.text = text;
    }

    /**
     * Reads a list of them.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    static Set<LinerateTest> of(Iterable<String> names) {
        Set<LinerateTest> tests = EnumSet.of(THROUGHPUT);
        for (String name : names) {
            tests.add(Arrays.stream(values())
                    .filter(test -> test.text.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--test: '" + name + "' is none of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values())
                                            .map(test -> test.text)
                                            .toList()))));
        }
        return tests;
    }
}
