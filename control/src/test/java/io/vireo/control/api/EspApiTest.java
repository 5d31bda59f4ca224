package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Keys by the API: what is refused, and that no refusal has a key in it. */
class EspApiTest {
    @Test
    void shouldRefuseAKeyWithoutSayingIt() throws IOException {
        try (ApiFixture fixture = new ApiFixture()) {
            assertRefusedWithoutSayingIt(fixture.client());
        }
    }

    private static void assertRefusedWithoutSayingIt(ControlClient client) {
        JsonNode offer = client.post("/v1/esp/offer", "{\"path\": \"blue/r1/t1\"}");
        assertThatThrownBy(() -> client.post("/v1/esp/accept", acceptOf(offer, 9)))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED))
                .hasMessageContaining("ticket")
                .hasMessageNotContaining(offer.path("key").asString());
        assertThatThrownBy(() -> client.post("/v1/esp/accept", "{\"path\": \"blue/r1/t1\"}"))
                .hasMessageContaining("offer: is missing");
        String none = acceptOf(offer, 10).replace("4711", "255");
        assertThatThrownBy(() -> client.post("/v1/esp/accept", none))
                .hasMessageContaining("spi: must be 256 to 4294967295")
                .hasMessageNotContaining(offer.path("key").asString());
        String half = acceptOf(offer, 10).replace("\"salt\"", "\"pepper\"");
        assertThatThrownBy(() -> client.post("/v1/esp/accept", half))
                .hasMessageNotContaining(offer.path("key").asString());
        assertThatThrownBy(() -> client.post("/v1/esp/offer", "{\"path\": \"blue/r1/h1\"}"))
                .hasMessageContaining("there is no ESP tunnel blue/r1/h1");
    }

    static String acceptOf(JsonNode offer, long ticket) {
        return "{\"path\": \"blue/r1/t1\", \"incarnation\": 7, \"ticket\": " + ticket + ", \"offer\": " + offer + "}";
    }
}
