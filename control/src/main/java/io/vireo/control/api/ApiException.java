package io.vireo.control.api;

import io.vireo.control.model.Problem;
import java.util.List;

/** A request that is answered by an error. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDocument document;

    private ApiException(ProblemDocument document) {
        super(document.detail());
        this.document = document;
    }

    /** Something about the request itself, such as a parameter. */
    public static ApiException badRequest(String path, String reason) {
        return new ApiException(new ProblemDocument(
                "urn:vireo:problem:bad-request",
                "The request is invalid",
                400,
                path + ": " + reason,
                List.of(Problem.at(path, reason))));
    }

    public static ApiException forbidden(String detail) {
        return of("forbidden", "Permission denied", 403, detail);
    }

    public static ApiException notFound(String detail) {
        return of("not-found", "Not found", 404, detail);
    }

    public static ApiException methodNotAllowed(String detail) {
        return of("method-not-allowed", "Method not allowed", 405, detail);
    }

    public static ApiException conflict(String detail) {
        return of("conflict", "The state conflicts with the request", 409, detail);
    }

    public static ApiException tooLarge(String detail) {
        return of("too-large", "The request is too large", 413, detail);
    }

    public static ApiException invalidConfiguration(List<Problem> problems) {
        String detail = problems.size() == 1 ? problems.getFirst().toString() : problems.size() + " problems";
        return new ApiException(new ProblemDocument(
                "urn:vireo:problem:invalid-configuration",
                "The configuration is rejected; nothing was changed",
                422,
                detail,
                problems));
    }

    public static ApiException unavailable(String detail) {
        return of("dataplane-absent", "The data plane is unavailable", 503, detail);
    }

    public static ApiException internal(String detail) {
        return of("internal", "The node failed", 500, detail);
    }

    public ProblemDocument document() {
        return document;
    }

    private static ApiException of(String type, String title, int status, String detail) {
        return new ApiException(new ProblemDocument("urn:vireo:problem:" + type, title, status, detail, List.of()));
    }
}
