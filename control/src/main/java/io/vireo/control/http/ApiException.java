package io.vireo.control.http;

import io.vireo.control.model.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;

/** A request that is answered by an error. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDocument document;
    private final transient Map<HttpHeader, String> headers;

    private ApiException(ProblemDocument document) {
        this(document, Map.of());
    }

    private ApiException(ProblemDocument document, Map<HttpHeader, String> headers) {
        super(document.detail());
        this.document = document;
        this.headers = Map.copyOf(headers);
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

    /** The methods that the path takes go into {@code Allow}, which RFC 9110 §15.5.6 requires. */
    static ApiException methodNotAllowed(String path, Collection<String> allowed) {
        return new ApiException(
                document(
                        "method-not-allowed", "Method not allowed", 405, path + " takes " + String.join(", ", allowed)),
                Map.of(HttpHeader.ALLOW, String.join(", ", allowed)));
    }

    /** RFC 9110 §15.5.16. */
    static ApiException unsupportedMediaType(String detail) {
        return of("unsupported-media-type", "The body is of an unsupported kind", 415, detail);
    }

    public static ApiException tooMany(String detail) {
        return of("too-many", "Too many at once", 429, detail);
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
        return of("internal", "Something failed within", 500, detail);
    }

    public ProblemDocument document() {
        return document;
    }

    /** What the answer says in its head besides. */
    Map<HttpHeader, String> headers() {
        return headers;
    }

    private static ApiException of(String type, String title, int status, String detail) {
        return new ApiException(document(type, title, status, detail));
    }

    private static ProblemDocument document(String type, String title, int status, String detail) {
        return new ProblemDocument("urn:vireo:problem:" + type, title, status, detail, List.of());
    }
}
