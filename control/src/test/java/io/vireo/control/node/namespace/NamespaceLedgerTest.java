package io.vireo.control.node.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceLedgerTest {
    @TempDir
    Path directory;

    @Test
    void shouldFindAfterARestartWhatWasMadeAndNotRemoved() {
        NamespaceLedger ledger = new NamespaceLedger(directory);
        List.of("a", "a/h1", "a/h2", "b", "b/h1", "c").forEach(ledger::add);
        ledger.add("a");
        ledger.remove("a/h2");
        ledger.removeAll(List.of("b", "b/h1"));
        assertThat(new NamespaceLedger(directory).othersThan(List.of("c"))).containsExactly("a/h1", "a");
    }

    /** With a thousand routers, to write the whole for each of three thousand names took seconds. */
    @Test
    void shouldWriteALineOnlyForWhatIsMade() throws IOException {
        NamespaceLedger ledger = new NamespaceLedger(directory);
        ledger.add("a");
        Path file = directory.resolve("namespaces");
        Files.writeString(file, "others\n", StandardOpenOption.APPEND);
        ledger.add("b");
        assertThat(Files.readAllLines(file)).containsExactly("a", "others", "b");
    }
}
