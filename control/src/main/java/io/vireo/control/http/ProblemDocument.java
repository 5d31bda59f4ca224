package io.vireo.control.http;

import io.vireo.control.model.Problem;
import java.util.List;

/**
 * An error as RFC 9457 describes it.
 *
 * @param type   a URN that names the kind of error.
 * @param title  the kind of error in words.
 * @param status the HTTP status.
 * @param detail what is wrong this time.
 * @param errors each wrong field: path, value, reason and place in the document.
 */
public record ProblemDocument(String type, String title, int status, String detail, List<Problem> errors) {

    /** Media type of the document. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public ProblemDocument {
        errors = List.copyOf(errors);
    }
}
