package io.vireo.control.model.document.yaml;

import io.vireo.control.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be said at once. */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    /** Something is wrong with the value at {@code node}. */
    public void add(YamlNode node, String reason) {
        String value = node instanceof YamlNode.Scalar scalar && !scalar.isNull() ? scalar.text() : "";
        problems.add(new Problem(node.path(), value, reason, node.line(), node.column()));
    }

    /** Something is wrong with a field of {@code owner} that may not be there. */
    public void add(YamlNode.Mapping owner, String field, String reason) {
        YamlNode node = owner.fields().get(field);
        if (node != null) {
            add(node, reason);
        } else {
            problems.add(new Problem(owner.pathOf(field), "", reason, owner.line(), owner.column()));
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** All of them, in the order of the document. */
    public List<Problem> sorted() {
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return List.copyOf(problems);
    }
}
