package io.vireo.control.view;

import java.util.List;
import java.util.Map;

/**
 * The outcome of a traced frame.
 *
 * @param verdict {@code transmit}, {@code punt} or {@code drop}.
 * @param reason  name of the drop or punt reason, or empty.
 * @param text    the outcome as a sentence.
 * @param steps   what each stage did, in order.
 */
public record TraceReport(String verdict, String reason, String text, List<Step> steps) {

    public TraceReport {
        steps = List.copyOf(steps);
    }

    /**
     * What one stage did.
     *
     * @param stage   the stage, such as {@code forward}.
     * @param verdict {@code continue}, {@code transmit}, {@code punt} or {@code drop}.
     * @param fields  what it found, such as {@code prefix=10.0.2.0/24}, in order.
     * @param frame   the frame after the stage, in hexadecimal.
     */
    public record Step(String stage, String verdict, Map<String, String> fields, String frame) {}
}
