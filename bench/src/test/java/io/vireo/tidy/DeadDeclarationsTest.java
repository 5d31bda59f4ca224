package io.vireo.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** Nothing in the main code is there for nobody, or for tests alone. */
class DeadDeclarationsTest {
    private static final Ratchet RATCHET = new Ratchet("dead-declarations.txt");

    private static SortedSet<String> dead() {
        return new DeadDeclarations(
                        MainClasses.all(),
                        new CodeWords(Repository.texts().stream()
                                .filter(file -> file.isJava() && file.path().contains("/src/main/"))))
                .find();
    }

    @Test
    void shouldUseEveryDeclarationInMainCode() {
        SortedMap<String, String> known = RATCHET.read();
        SortedSet<String> dead = dead();
        assertThat(dead)
                .as(
                        "used by nobody, or by tests alone: delete it; a test reads what main code reads. What must stay has a line with its reason in "
                                + RATCHET.path())
                .allSatisfy(name -> assertThat(known).containsKey(name));
        assertThat(known.keySet())
                .as("used now, or gone: delete its line in " + RATCHET.path())
                .allSatisfy(name -> assertThat(dead).contains(name));
        assertThat(known.values())
                .as("reasons in " + RATCHET.path())
                .allSatisfy(reason -> assertThat(reason).contains(" "));
    }
}
