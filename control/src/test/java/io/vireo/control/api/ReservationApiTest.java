package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReservationApiTest {
    private ApiFixture fixture;
    private ControlClient client;

    @BeforeEach
    void start() throws IOException {
        fixture = new ApiFixture();
        client = fixture.client();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void shouldReserveAndCommit() {
        client.put("/v1/reservations/t1?token=3&leaseSeconds=10&baseVersion=0", ApiFixture.EXAMPLE);
        assertThat(client.get("/v1/reservations").path(0).path("until").asString())
                .isEqualTo("2026-11-20T12:00:10Z");
        assertRefused(
                () -> client.put("/v1/config", "{}"), ExitCode.REFUSED, "reservation t1 of root (token 3) is held");
        assertThat(client.post("/v1/reservations/t1/commit?token=3", "")
                        .path("version")
                        .asLong())
                .isEqualTo(1);
        assertThat(client.get("/v1/reservations")).isEmpty();
        assertThat(client.get("/v1/config").path("version").path("comment").asString())
                .isEqualTo("reservation t1");
        assertThat(client.get("/v1/reservations/t1").path("state").asString()).isEqualTo("COMMITTED");
    }

    @Test
    void shouldAnswerWhatIsNotHeldClearly() {
        assertRefused(
                () -> client.post("/v1/reservations/t1/commit?token=3", ""),
                ExitCode.FAILED,
                "reservation t1 is not held");
        assertThat(client.delete("/v1/reservations/t1?token=3").path("id").asString())
                .isEqualTo("t1");
        assertRefused(() -> client.delete("/v1/reservations/t1?token=2"), ExitCode.REFUSED, "token 2 is lower than 3");
    }

    @Test
    void shouldRefuseWhatIsNoReservation() {
        assertRefused(() -> client.put("/v1/reservations/t1", ApiFixture.EXAMPLE), ExitCode.USAGE, "token: is needed");
        assertRefused(
                () -> client.put("/v1/reservations/t1?token=0", ApiFixture.EXAMPLE), ExitCode.USAGE, "token: '0'");
        assertRefused(
                () -> client.put("/v1/reservations/t1?token=1&leaseSeconds=601", ApiFixture.EXAMPLE),
                ExitCode.USAGE,
                "leaseSeconds: '601' is not a whole number between 1 and 600");
        assertRefused(() -> client.put("/v1/reservations/a%20b?token=1", ApiFixture.EXAMPLE), ExitCode.USAGE, "id: 'a");
        assertRefused(() -> client.put("/v1/reservations/t1?token=1", "vpns: 7"), ExitCode.REFUSED, "vpns");
        assertThat(client.get("/v1/reservations")).isEmpty();
    }

    private static void assertRefused(Runnable request, int exitCode, String text) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(text);
    }
}
