package io.vireo.control.model.document.yaml;

import io.vireo.control.model.Limits;
import io.vireo.control.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what is wrong with a document, so that all of it can be said at once, in a text that somebody can read: the
 * first {@link Limits#MAX_LISTED_PROBLEMS}, long values and paths shortened, and how many there are.
 */
public final class Problems {
    private static final int MAX_SHOWN_VALUE = 64;
    private static final int MAX_SHOWN_TEXT = 512;

    private final List<Problem> problems = new ArrayList<>();
    private int unlisted;

    /** Something is wrong with the value at {@code node}. */
    public void add(YamlNode node, String reason) {
        String value = node instanceof YamlNode.Scalar scalar && !scalar.isNull() ? scalar.text() : "";
        add(node.path(), value, reason, node);
    }

    /** Something is wrong with a field of {@code owner} that may not be there. */
    public void add(YamlNode.Mapping owner, String field, String reason) {
        YamlNode node = owner.fields().get(field);
        if (node != null) {
            add(node, reason);
        } else {
            add(owner.pathOf(field), "", reason, owner);
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Those that are listed, in the order of the document, and last how many are not. */
    public List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (unlisted > 0) {
            sorted.add(Problem.at("", "there are " + unlisted + " problems more, which are not listed"));
        }
        return List.copyOf(sorted);
    }

    private void add(String path, String value, String reason, YamlNode where) {
        if (problems.size() == Limits.MAX_LISTED_PROBLEMS) {
            unlisted++;
            return;
        }
        String shownValue = shortened(value, MAX_SHOWN_VALUE);
        // Many reasons quote the value.
        String shownReason = shownValue.equals(value) ? reason : reason.replace(value, shownValue);
        problems.add(new Problem(
                shortened(path, MAX_SHOWN_TEXT),
                shownValue,
                shortened(shownReason, MAX_SHOWN_TEXT),
                where.line(),
                where.column()));
    }

    private static String shortened(String text, int maxCharacters) {
        if (text.length() <= maxCharacters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
        return text.substring(0, end) + "…";
    }
}
