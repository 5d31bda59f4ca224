package io.vireo.control.api;

import io.vireo.control.http.Exchange;
import io.vireo.control.http.OpenApi;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.model.document.ConfigurationSchema;
import java.util.ArrayList;
import java.util.List;

/** What the API says about itself. */
final class DescriptionOperations {
    private final List<Operation> described;

    /** Describes {@code others}, and itself. */
    DescriptionOperations(List<Operation> others) {
        this.described = new ArrayList<>(others);
        this.described.addAll(operations());
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                        "/v1/openapi.json", "This API, as OpenAPI 3.1.", Body.text("application/json"), this::openApi),
                Operation.get(
                        "/v1/schema",
                        "The JSON Schema of the configuration document.",
                        Body.text("application/schema+json"),
                        exchange -> exchange.text("application/schema+json", ConfigurationSchema.json())));
    }

    private void openApi(Exchange exchange) throws Exception {
        exchange.json(OpenApi.describe("Vireo control", "/run/vireo/control.sock", described));
    }
}
