package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.ExampleClasses;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClassViewTest {
    private static final JsonNode PORTS =
            ControlClient.JSON.readTree("[{\"name\": \"p1\", \"rateBitsPerSecond\": 100000000}]");

    private final ClassView view = new ClassView(null);

    @Test
    void shouldShowTheTreeWithTheRatesOfTheInterval() {
        sample(ExampleClasses.after(2, 100, 20_000_000, 1_000_000), 3_000_000_000L);
        sample(ExampleClasses.after(2, 300, 20_000_000, 19_000_000), 5_000_000_000L);
        // 200 packets of 224 bytes, and 18 MB, within 2 s; 20 ms falls into the bucket that ends at 21 ms.
        assertThat(view.table(10)).isEqualTo("""
                CLASS         GUARANTEED  INITIAL       LIMIT  DELIVERED  BORROWED     P50     P99   P99.9     MAX  QUEUED  DROPPED  MARKED
                p1                                       100M      72.2M
                └ blue/r1/h1       60.0M                80.0M      72.2M     12.2M
                  ├ voice          1.00M  0 for 3.40ms              179k         0  21.0ms  21.0ms  21.0ms  21.0ms       0        0      20
                  └ bulk                                           72.0M     72.0M                                   1,000   18,000       0
                """);
        assertThat(view.table(2).lines()).hasSize(3);
    }

    @Test
    void shouldReportDelaysOfTheIntervalAndNotSinceTheStart() {
        sample(ExampleClasses.after(2, 100, 20_000_000, 0), 1_000_000_000L);
        sample(ExampleClasses.after(2, 101, 20_000_000, 0), 2_000_000_000L);
        assertThat(view.rates().get(1).sentPackets()).isEqualTo(1);
        assertThat(view.rates().get(1).delays().buckets())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.packets()).isEqualTo(1));
    }

    @Test
    void shouldNotSubtractAcrossGenerationsOrARestart() {
        sample(ExampleClasses.after(2, 100, 1_000, 1_000), 1_000_000_000L);
        sample(ExampleClasses.after(4, 900, 1_000, 9_000), 2_000_000_000L);
        assertThat(view.rates()).allSatisfy(ClassViewTest::isStill);
        sample(ExampleClasses.after(4, 10, 1_000, 90), 3_000_000_000L);
        assertThat(view.rates()).allSatisfy(ClassViewTest::isStill);
    }

    @Test
    void shouldSayThatThereIsNothing() {
        sample(List.of(), 1_000_000_000L);
        assertThat(view.table(10)).isEqualTo("none\n");
    }

    private static void isStill(ClassRates rates) {
        assertThat(rates.deliveredBitsPerSecond()).isZero();
        assertThat(rates.sentPackets()).isZero();
        assertThat(rates.droppedPackets()).isZero();
        assertThat(rates.delays().buckets()).isEmpty();
    }

    private void sample(List<ClassStatus> classes, long timeNs) {
        view.add(PORTS, ControlClient.JSON.valueToTree(classes), timeNs);
    }
}
