package io.vireo.control.doctor;

/**
 * The result of one check.
 *
 * @param verdict how it is
 * @param subject what was checked
 * @param found what was found, or how it differs from what is required
 * @param advice what to do; empty when there is nothing to do
 */
public record Finding(Verdict verdict, String subject, String found, String advice) {
    /** How a thing is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** Works, but not as well as it could. */
        WARNING,
        /** Something will not work. */
        PROBLEM
    }

    /** A thing that is as it should be. */
    public static Finding ok(String subject, String found) {
        return new Finding(Verdict.OK, subject, found, "");
    }

    /** A thing that works, but not as well as it could. */
    public static Finding warning(String subject, String found, String advice) {
        return new Finding(Verdict.WARNING, subject, found, advice);
    }

    /** A thing that will not work. */
    public static Finding problem(String subject, String found, String advice) {
        return new Finding(Verdict.PROBLEM, subject, found, advice);
    }
}
