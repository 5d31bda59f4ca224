package io.vireo.bench.linerate;

/** What was tried gave no figure that could be believed; tried again later it may. */
class MissingFigureException extends RuntimeException {
    /** @param reason a clause that begins with a small letter */
    MissingFigureException(String reason) {
        super(reason);
    }
}
