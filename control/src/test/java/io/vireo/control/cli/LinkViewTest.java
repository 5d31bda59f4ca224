package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.api.ApiFixture;
import io.vireo.control.view.ExampleLinks;
import io.vireo.control.view.LinkStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LinkViewTest {

    /** 1,000 packets of 100 bytes and 24 more in a second are 992 kbit/s; of the tunnel its class says what it took. */
    @Test
    void shouldShowWhatEachLinkIsGuaranteedAndCarried() {
        LinkView view = new LinkView();
        view.add(answer(ExampleLinks.ESP, ExampleLinks.INNER), 5_000_000_000L);
        view.add(answer(ExampleLinks.esp(1_000, 250_000), ExampleLinks.inner(2_000, 7)), 7_000_000_000L);
        assertThat(cells(view.table(10), 0))
                .containsExactly(
                        "LINK",
                        "KIND",
                        "UNDERLAY",
                        "ENDS",
                        "MTU",
                        "STATE",
                        "SINCE",
                        "GUARANTEED",
                        "TX BIT/S",
                        "RX BIT/S",
                        "TX PACKETS",
                        "RX PACKETS",
                        "DROPPED",
                        "QUEUE DROPPED",
                        "QUEUE P99",
                        "KEEPALIVE",
                        "EMULATION");
        assertThat(cells(view.table(10), 1))
                .containsExactly(
                        "blue/r1/t1",
                        "esp",
                        "base/core",
                        "10.9.0.1 -> 10.9.0.2",
                        "1446",
                        "waiting: it has no key to send by",
                        "2026-11-30T08:00:00Z",
                        "20.0M",
                        "1.00M",
                        "0",
                        "1,000",
                        "0",
                        "0",
                        "5",
                        "1.50ms, 2.5% lost");
        assertThat(cells(view.table(10), 2))
                .containsExactly(
                        "blue/r1/to-r2",
                        "link",
                        "-> blue/r2/to-r1",
                        "1500",
                        "up",
                        "2026-11-30T08:00:00Z",
                        "8.00M",
                        "992k",
                        "1.98M",
                        "2,000",
                        "4,000",
                        "7",
                        "rate 8Mbit");
        assertThat(view.table(1)).contains("t1").doesNotContain("to-r2");
    }

    @Test
    void shouldNotSubtractFromCountersThatBeganAnew() {
        LinkView view = new LinkView();
        view.add(answer(ExampleLinks.inner(2_000, 7)), 5_000_000_000L);
        view.add(answer(ExampleLinks.inner(1_000, 0)), 6_000_000_000L);
        LinkRates rates = view.rates().getFirst();
        assertThat(rates.deliveredBitsPerSecond()).isZero();
        assertThat(rates.droppedPackets()).isZero();
    }

    @Test
    void shouldAskControlForLinks() throws IOException {
        try (ApiFixture fixture = new ApiFixture()) {
            String socket = "--socket=" + fixture.socket;
            assertThat(vireo("show", "links", socket, "--interval", "1ms")).isEqualTo("none\n");
            fixture.node.link(ExampleLinks.ESP, ExampleLinks.INNER);
            assertThat(vireo("show", "links", socket, "--interval", "1ms")).contains("blue/r1/t1", "blue/r1/to-r2");
            assertThat(vireo("top", socket, "--links")).startsWith("LINK").contains("blue/r1/to-r2");
            JsonNode json = ControlClient.JSON.readTree(vireo("show", "links", socket, "--interval", "1ms", "--json"));
            assertThat(json.path(0).path("status").path("state").asString()).isEqualTo("WAITING");
            assertThat(json.path(1).path("deliveredBitsPerSecond").isIntegralNumber())
                    .isTrue();

            JsonNode links = fixture.client().get("/v1/links");
            assertThat(links.path(0).path("reason").asString()).isEqualTo("it has no key to send by");
            assertThat(links.path(0).path("since").asString()).isEqualTo("2026-11-30T08:00:00.250Z");
            assertThat(links.path(1).has("schedulingPort")).isFalse();
            assertThat(fixture.client().get("/v1/links?limit=1").size()).isEqualTo(1);
        }
    }

    private static List<String> cells(String table, int line) {
        return List.of(table.lines().toList().get(line).trim().split(" {2,}"));
    }

    private static String vireo(String... args) {
        StringWriter out = new StringWriter();
        VireoCli.run(new PrintWriter(out), new PrintWriter(out), args);
        return out.toString();
    }

    private static JsonNode answer(LinkStatus... links) {
        return ControlClient.JSON.valueToTree(links);
    }
}
