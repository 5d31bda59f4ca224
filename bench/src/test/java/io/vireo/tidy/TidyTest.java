package io.vireo.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Bans words and constructs in the repository's text, each with its replacement, as TigerBeetle's {@code tidy.zig} does. Rules that are not at zero
 * yet have a number in the ratchet, which may only fall. {@code -Dvireo.tidy.lower=true} writes the lower numbers.
 */
class TidyTest {
    private static final Ratchet RATCHET = new Ratchet("tidy-ratchet.txt");

    @TestFactory
    Stream<DynamicTest> shouldFindNothingBannedBeyondTheRatchet() {
        SortedMap<String, String> allowed = RATCHET.read();
        return Rules.all().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(), () -> check(rule, Integer.parseInt(allowed.getOrDefault(rule.name(), "0")))));
    }

    private static void check(Rule rule, int allowed) {
        List<Hit> hits = rule.hits();
        if (hits.size() < allowed && Boolean.getBoolean("vireo.tidy.lower")) {
            lower(rule, hits.size());
            return;
        }
        assertThat(hits.size())
                .as(() -> hits.size() > allowed
                        ? "'" + rule.name() + "' is banned. Write instead: " + rule.instead() + ". Found " + hits.size()
                                + " places, of which " + RATCHET.path() + " allows " + allowed + ":\n" + list(hits)
                        : "'" + rule.name() + "' is found " + hits.size() + " times only, " + RATCHET.path()
                                + " allows " + allowed
                                + ": lower its number, or run ./vireo test (or mvn) with -Dvireo.tidy.lower=true")
                .isEqualTo(allowed);
    }

    private static String list(List<Hit> hits) {
        return hits.stream().map(Hit::toString).collect(Collectors.joining("\n"));
    }

    private static void lower(Rule rule, int count) {
        SortedMap<String, String> lines = new TreeMap<>(RATCHET.read());
        if (count == 0) {
            lines.remove(rule.name());
        } else {
            lines.put(rule.name(), Integer.toString(count));
        }
        RATCHET.write(lines);
    }

    @Test
    void shouldHaveARuleForEveryLineOfTheRatchet() {
        assertThat(Rules.all().stream().map(Rule::name))
                .doesNotHaveDuplicates()
                .containsAll(RATCHET.read().keySet());
    }

    @Test
    void shouldReadTheWholeRepository() {
        assertThat(Repository.texts()).hasSizeGreaterThan(700);
        assertThat(Repository.texts().stream().map(SourceText::path))
                .contains("vireo", "README.md", "dataplane/src/main/resources/io/vireo/dataplane/wire/vireo-wire.xml")
                .contains("dataplane/src/main/java/io/vireo/dataplane/worker/Worker.java");
    }
}
