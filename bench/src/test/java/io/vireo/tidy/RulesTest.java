package io.vireo.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules find what they ban, and leave alone what only looks like it. */
class RulesTest {
    private static List<String> found(String path, String text) {
        SourceText file = new SourceText(path, text);
        return Rules.all().stream()
                .filter(rule -> rule.hits(file).findAny().isPresent())
                .map(Rule::name)
                .toList();
    }

    @Test
    void shouldFindWordsInProseAndInIdentifiers() {
        assertThat(found("README.md", "the data plane is told so")).containsExactly("word:told");
        assertThat(found("README.md", "`isTold`")).containsExactly("word:told");
        assertThat(found("README.md", "`TOLD_TWICE`, `toldTwice`")).containsExactly("word:told");
        assertThat(found("README.md", "Told once")).containsExactly("word:told");
    }

    @Test
    void shouldNotFindWordsInsideOfOthers() {
        assertThat(found("README.md", "stolde, untoldable, intelligible, Castell, interface, satellite"))
                .isEmpty();
    }

    @Test
    void shouldBanSomeWordsInTheDataPlaneOnly() {
        assertThat(found("dataplane/src/main/java/io/vireo/dataplane/A.java", "// its colour"))
                .containsExactly("word:colour");
        assertThat(found("control/README.md", "its colour")).isEmpty();
    }

    @Test
    void shouldFindFinalOnParametersAndLocalVariablesOnly() {
        String head = "package a;\nclass A {\n    private final int field = 0;\n";
        assertThat(found("control/src/main/java/a/A.java", head + "    final void method(int value) {}\n}\n"))
                .isEmpty();
        assertThat(found("control/src/main/java/a/A.java", head + "    void method(final int value) {}\n}\n"))
                .containsExactly("final");
        assertThat(found(
                        "control/src/main/java/a/A.java",
                        head + "    void method() {\n        final int value = 1;\n    }\n}\n"))
                .containsExactly("final");
        assertThat(found(
                        "control/src/main/java/a/A.java",
                        head + "    void method() {\n        for (final int each : new int[1]) {}\n    }\n}\n"))
                .containsExactly("final");
    }

    @Test
    void shouldFindNamesThatAreDeclared() {
        assertThat(found("control/src/main/java/a/A.java", "class A {\n    static final int MOST_PORTS = 1;\n}\n"))
                .containsExactly("name:most");
        assertThat(found("control/src/main/java/a/A.java", "/** At most one. */\nclass A {}\n"))
                .isEmpty();
    }

    @Test
    void shouldFindConstructs() {
        String test = "class ATest {\n    @Test\n    void %s() throws Exception {\n        %s\n    }\n}\n";
        assertThat(found("control/src/test/java/a/ATest.java", test.formatted("shouldWait", "Thread.sleep(1);")))
                .containsExactly("sleep");
        assertThat(found("control/src/test/java/a/ATest.java", test.formatted("waits", "run();")))
                .containsExactly("test-name");
        assertThat(found(
                        "control/src/main/java/a/A.java",
                        "class A {\n    void say() {\n        System.out.println();\n    }\n}\n"))
                .containsExactly("console");
        assertThat(found(
                        "control/src/main/java/io/vireo/control/cli/A.java",
                        "class A {\n    void say() {\n        System.out.println();\n    }\n}\n"))
                .isEmpty();
        assertThat(found("vireo", "# TODO later")).containsExactly("todo");
        assertThat(found("vireo", "curl https://registry.example.com/simple")).containsExactly("registry-host");
        assertThat(found("pom.xml", "\t<name/>")).containsExactly("tab");
    }

    @Test
    void shouldMeasureLinesMethodsAndFiles() {
        assertThat(found("control/src/main/java/a/A.java", "// " + "x".repeat(140) + "\n"))
                .containsExactly("long-line");
        assertThat(found("control/src/main/java/a/A.java", "//\n".repeat(301))).containsExactly("long-file");
        String body = "        run();\n".repeat(41);
        assertThat(found("control/src/main/java/a/A.java", "class A {\n    void run() {\n" + body + "    }\n}\n"))
                .containsExactly("long-method");
    }
}
