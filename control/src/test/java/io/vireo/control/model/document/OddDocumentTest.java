package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors and other systems make of a document: it is read as it was meant, or refused with its place and the reason. */
class OddDocumentTest {
    private static final String VPNS = "vpns: [{name: blue, id: 1, routers: [{name: r1}]}]\n";

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF%s", "%s\r\n", "%s\r\n...\r\n", "---\n%s", "%s# Zürich \uD83D\uDE80\n", "\r\n%s"})
    void shouldReadMarksLineEndsAndAnyLanguage(String template) throws Exception {
        Configuration plain = ConfigurationReader.read(VPNS);
        String odd = template.formatted(template.contains("\r") ? VPNS.replace("\n", "\r\n") : VPNS);
        assertThat(ConfigurationReader.read(odd)).isEqualTo(plain);
        assertThat(DocumentText.decode(odd.getBytes(StandardCharsets.UTF_8))).isEqualTo(odd);
    }

    /** A tab cannot indent (YAML 1.2 §6.1), and cannot be seen. */
    @ParameterizedTest
    @CsvSource({
        "'ports:\n- name: p1\n\tdevice: x\n', 3",
        "'ports:\n\t- {name: p1}\n', 2",
        "'vpns:\n- name: green\n  id: 7\n\trouters: []\n', 4",
        "'node:\n\tlab: 1\n', 2"
    })
    void shouldNameTheTabAndItsLine(String text, int line) {
        Problem problem = problemOf(text);
        assertThat(problem.reason()).startsWith("malformed YAML: ").contains("a tab");
        assertThat(problem.line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1b, 0x7f, 0x80, 0xd800, 0xfffe})
    void shouldNameACharacterThatYamlDoesNotAllow(int character) {
        Problem problem = problemOf("node: lab\n# a" + (char) character + "b\n");
        assertThat(problem.reason()).contains(String.format("U+%04X", character));
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(4);
    }

    @Test
    void shouldNameTheByteThatIsNotUtf8() {
        byte[] latin1 = "node: lab\n# Zürich\n".getBytes(StandardCharsets.ISO_8859_1);
        InvalidConfigurationException refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> DocumentText.decode(latin1));
        assertThat(refusal)
                .hasMessage(
                        "line 2, column 4: the byte 0xFC begins no character of UTF-8, in which documents are written");
    }

    @Test
    void shouldRefuseUtf16() {
        String text = new String("node: lab\n".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
        assertThat(problemOf(text).reason()).contains("U+0000", "is it UTF-16?");
    }

    /** Numbers are decimal (YAML 1.2 §10.3.2 has 010 for ten, YAML 1.1 for eight); nothing else is guessed. */
    @ParameterizedTest
    @CsvSource({"010, 10", "0x0a,", "0o12,", "10.0,", "1e1,", "1_0,", "' 10',", "+10,", "１０,", "-10,"})
    void shouldReadNumbersAsDecimalOrRefuseThem(String written, Integer value) throws Exception {
        String text = VPNS.replace("id: 1", "id: \"" + written + "\"");
        if (value != null) {
            assertThat(ConfigurationReader.read(text).vpns().getFirst().id()).isEqualTo(value.longValue());
        } else {
            assertThat(problemOf(text).path()).isEqualTo("vpns[0].id");
        }
    }

    /** The words that YAML 1.1 has for true and false stay words. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "on", "y", "off", "true", "1e3", "0x10", "12", "1.0", "1_000", "2026-11-29"})
    void shouldKeepNamesAsTheyAreWritten(String name) throws Exception {
        Configuration read = ConfigurationReader.read(VPNS.replace("r1", name));
        assertThat(read.vpns().getFirst().routers().getFirst().name()).isEqualTo(name);
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "True", "1", "y"})
    void shouldRefuseOtherWordsForTruth(String word) {
        String text = "vpns: [{name: a, id: 1, routers: [{name: r, interfaces: [{name: l, loopback: " + word + "}]}]}]";
        assertThat(problemsOf(text)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo("vpns[0].routers[0].interfaces[0].loopback");
            assertThat(problem.reason()).isEqualTo("'" + word + "' is neither true nor false");
        });
    }

    /** At every level, also where it is the same value, and whichever way the key is written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'node: a\nnode: a\n'                                              | node            | 2 | 1
            'vpns:\n- name: a\n  id: 1\n  "id": 1\n'                          | vpns[0].id      | 4 | 3
            '{"ports": [{"name": "p",\n "device": null,\n "name": "q"}]}'     | ports[0].name   | 3 | 1
            'unknown: {x: {y: 1,\n y: 2}}'                                    | unknown.x.y     | 2 | 1
            """)
    void shouldRefuseADuplicateKey(String text, String path, int line, int before) {
        assertThat(problemsOf(text)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.reason()).isEqualTo("is already given on line " + before);
        });
    }

    private static Problem problemOf(String text) {
        return problemsOf(text).getFirst();
    }

    private static List<Problem> problemsOf(String text) {
        InvalidConfigurationException refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> ConfigurationReader.read(text));
        assertThat(refusal).as(text).isNotNull();
        return refusal.problems();
    }
}
