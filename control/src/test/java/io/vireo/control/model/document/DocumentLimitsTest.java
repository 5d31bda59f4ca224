package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.yaml.ReadingGuard;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a document is: it is refused or read in a time that is in proportion to its length, with a short answer. */
@Timeout(120) // minutes below what one of them took when the scanner copied its window for each 1,024 characters
class DocumentLimitsTest {
    private static final int LONG = 10 << 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ports: [{name: %s, device: 'null'}]     | ports[0].name | the value has 10485760 characters
            ports: [{name: '%s', device: 'null'}]   | ports[0].name | the value has 10485760 characters
            ports: [{name: "%s", device: 'null'}]   | ports[0].name | the value has 10485760 characters
            ports: [{%s: 1}]                        | ports[0]      | the name of a field has
            ports: [{? %s : 1}]                     | ports[0]      | the name of a field has 10485760 characters
            ports: [{name: &%s a}]                  |               |
            ports: [{name: !%s a}]                  |               |
            ports: [{name: *%s }]                   | ports[0].name |
            %%%s                                    |               | malformed YAML
            """)
    void shouldRefuseALongScalar(String template, String path, String reason) {
        List<Problem> problems = problemsOf(template.formatted("x".repeat(LONG)));
        assertThat(textOf(problems).length()).isLessThan(20_000);
        if (path != null) {
            assertThat(problems.getFirst().path()).isEqualTo(path);
            assertThat(problems.getFirst().line()).isEqualTo(1);
        }
        if (reason != null) {
            assertThat(problems.getFirst().reason()).startsWith(reason);
        }
    }

    @Test
    void shouldRefuseALongBlockScalar() {
        Problem problem = problemsOf("node: |\n" + ("  " + "x".repeat(97) + "\n").repeat(LONG / 100))
                .getFirst();
        assertThat(problem.path()).isEqualTo("node");
        assertThat(problem.reason()).contains("characters; at most 4096 are possible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node: lab # %s", "%s{node: lab}", "node: %s lab", "node: lab%s", "{node: lab,%s}"})
    void shouldReadThroughALongCommentAndRunsOfSpaces(String template) throws Exception {
        String filler = template.contains("#") ? "x" : " ";
        assertThat(ConfigurationReader.read(template.formatted(filler.repeat(LONG)))
                        .node())
                .isEqualTo("lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void shouldRefuseDeepNesting(String opening) {
        assertThat(textOf(problemsOf(opening.repeat(1_000_000)))).hasSizeLessThan(20_000);
    }

    @Test
    void shouldSayWhereItIsTooDeep() {
        String brackets = "[".repeat(Limits.MAX_DOCUMENT_DEPTH) + "]".repeat(Limits.MAX_DOCUMENT_DEPTH);
        Problem problem = problemsOf("node: lab\na: " + brackets).getFirst();
        assertThat(problem.reason()).isEqualTo("more than 32 mappings and lists are within each other");
        assertThat(problem.path()).startsWith("a[0][0]");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(4 + Limits.MAX_DOCUMENT_DEPTH - 1);
    }

    @Test
    void shouldRefuseTooManyValuesAndSayWhere() {
        Problem problem =
                problemsOf("ports:\n" + "- {nam: p1}\n".repeat(LONG / 12)).getFirst();
        assertThat(problem.reason()).contains("more than 1000000 values");
        assertThat(problem.path()).isEqualTo("ports[499999]");
        assertThat(problem.line()).isEqualTo(500_001);
    }

    @Test
    void shouldRefuseADocumentThatIsTooLong() {
        assertThat(textOf(problemsOf("#" + " ".repeat(Limits.MAX_DOCUMENT_CHARACTERS))))
                .isEqualTo("the document has 16777217 characters; at most 16777216 are read");
    }

    @Test
    void shouldListSomeOfManyProblemsAndCountTheOthers() {
        List<Problem> problems = problemsOf("ports:\n" + "- {nam: p1}\n".repeat(10_000));
        assertThat(problems).hasSize(Limits.MAX_LISTED_PROBLEMS + 1);
        assertThat(problems.getFirst().toString()).startsWith("line 2, column");
        assertThat(problems.getLast().reason()).isEqualTo("there are 29950 problems more, which are not listed");
        assertThat(textOf(problems)).hasSizeLessThan(20_000);
    }

    @Test
    void shouldShortenWhatItQuotes() {
        String value = "x".repeat(Limits.MAX_VALUE_CHARACTERS);
        Problem problem = problemsOf("vpns: [{name: blue, id: " + value + "}]").getFirst();
        assertThat(problem.value()).isEqualTo("x".repeat(64) + "…");
        assertThat(problem.reason()).isEqualTo("'" + "x".repeat(64) + "…' is not a whole number");
    }

    @Test
    void shouldRefuseAnAliasBomb() {
        String bomb = "a: &a [x, x, x]\n"
                + IntStream.range(1, 26)
                        .mapToObj(i -> "%c: &%<c [*%c, *%<c, *%<c]\n".formatted('a' + i, 'a' + i - 1))
                        .collect(Collectors.joining());
        assertThat(problemsOf(bomb)).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.reason()).startsWith("aliases (*a) are not supported");
        });
    }

    /** In one scalar, in one comment, and between many short values. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "#", "- a\n", "- {b: c}\n", "\n"})
    void shouldAskTheGuardAgainAndAgain(String piece) {
        String text = piece.repeat((2 << 20) / piece.length());
        AtomicInteger asked = new AtomicInteger();
        ReadingGuard thirdTime = () -> {
            if (asked.incrementAndGet() == 3) {
                throw new UnsupportedOperationException("enough");
            }
        };
        assertThatThrownBy(() -> ConfigurationReader.read(text, thirdTime)).hasMessage("enough");
    }

    /** Each of these took time in the square of its size. */
    @ParameterizedTest
    @ValueSource(strings = {"chain", "circle", "routes"})
    void shouldCheckWhatIsLargeInProportionToItsSize(String kind) {
        int size = 60_000;
        StringBuilder text = new StringBuilder("""
                ports: [{name: p1, device: 'null', rate: 100Gbit}]
                vpns:
                - name: blue
                  id: 1
                  routers:
                  - name: r1
                """);
        if (kind.equals("routes")) {
            text.append("    interfaces:\n    - {name: h1, port: p1, addresses: [");
            IntStream.range(0, size).forEach(i -> text.append("10.%d.%d.1/32,".formatted(i >> 8, i & 255)));
            text.append("10.255.0.1/30]}\n    routes:\n");
            IntStream.range(0, size)
                    .forEach(i ->
                            text.append("    - {prefix: 20.%d.%d.0/24, via: 10.255.0.2}\n".formatted(i >> 8, i & 255)));
            text.append("    - {prefix: 30.0.0.0/24, via: 10.255.0.9}\n");
        } else {
            text.append("    interfaces:\n    - {name: h1, port: p1, scheduling: {classes: [");
            IntStream.range(0, size).forEach(i -> text.append("{name: c%d, parent: c%d},".formatted(i, i + 1)));
            text.append(kind.equals("circle") ? "{name: c%d, parent: c0}" : "{name: c%d, parent: none}")
                    .append("]}}\n");
        }
        String expected = kind.equals("routes")
                ? "leads nowhere"
                : kind.equals("circle") ? "closes a circle: c0 is below c1" : "is not a class";
        assertThat(textOf(problemsOf(text.toString().formatted(size)))).contains(expected);
    }

    private static List<Problem> problemsOf(String text) {
        InvalidConfigurationException refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> ConfigurationReader.read(text));
        assertThat(refusal).isNotNull();
        return refusal.problems();
    }

    private static String textOf(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
