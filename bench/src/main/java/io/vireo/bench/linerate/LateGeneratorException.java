package io.vireo.bench.linerate;

/** The generator fell behind its schedule in every attempt: there is no figure of what was tried. */
final class LateGeneratorException extends MissingFigureException {
    /**
     * @param trials how many trials were late
     * @param minLatenessNs how late the generator was in the best of them, nanoseconds
     * @param boundNs how late it may be, nanoseconds
     */
    LateGeneratorException(int trials, long minLatenessNs, long boundNs) {
        super("the generator was late in all of %d trials, by %,.0f us in the best; %,.0f us are allowed"
                .formatted(trials, minLatenessNs / 1e3, boundNs / 1e3));
    }
}
