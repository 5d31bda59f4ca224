package io.vireo.control.http;

import io.vireo.control.http.Operation.Parameter;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Fields;

/**
 * Holds a request against what its operation declares. What is not declared is refused: who mistypes a parameter believes
 * in something that would not happen.
 */
final class RequestRules {

    private RequestRules() {}

    /**
     * Refuses query parameters that the operation does not declare, and those given twice.
     *
     * @throws ApiException 400, naming the parameter.
     */
    static void checkQuery(Operation operation, Fields query) throws ApiException {
        List<String> declared =
                operation.parameters().stream().map(Parameter::name).toList();
        for (Fields.Field field : query) {
            if (!declared.contains(field.getName())) {
                throw ApiException.badRequest(
                        field.getName(),
                        declared.isEmpty()
                                ? "is no parameter of this operation, which has none"
                                : "is no parameter of this operation, which has " + String.join(", ", declared));
            }
            if (field.getValues().size() > 1) {
                throw ApiException.badRequest(field.getName(), "is given more than once");
            }
        }
    }

    /**
     * Refuses a body of a kind that the operation does not take. One without a kind is taken.
     *
     * @throws ApiException 415 when it is of another kind (RFC 9110 §15.5.16), 400 when the operation takes no body.
     */
    static void checkBody(Operation operation, HttpFields headers) throws ApiException {
        Operation.Body wanted = operation.request();
        if (wanted == null) {
            if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
                throw ApiException.badRequest("body", "this operation takes none");
            }
            return;
        }
        for (String coding : headers.getCSV(HttpHeader.CONTENT_ENCODING, false)) {
            if (!coding.equalsIgnoreCase("identity")) {
                throw ApiException.unsupportedMediaType("Content-Encoding " + coding + " is not read");
            }
        }
        for (HttpField field : headers.getFields(HttpHeader.CONTENT_TYPE)) {
            checkContentType(wanted, field.getValue());
        }
    }

    private static void checkContentType(Operation.Body wanted, String given) throws ApiException {
        String[] parts = given.split(";", -1);
        if (!wanted.contentTypes().contains(normalised(parts[0]))) {
            throw ApiException.unsupportedMediaType(
                    "'" + given + "' is not taken, but " + String.join(", ", wanted.contentTypes()));
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = normalised(parts[i]).replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.matches("charset=(utf-8|us-ascii)")) {
                throw ApiException.unsupportedMediaType("'" + given + "' is not taken: the body is read as UTF-8");
            }
        }
    }

    private static String normalised(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
