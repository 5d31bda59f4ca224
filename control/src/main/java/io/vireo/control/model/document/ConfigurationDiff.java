package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.document.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two configurations, element by element: a port, VPN, router, interface or link is the same one
 * for as long as it keeps its name, a route for as long as it keeps its prefix. Of classes the order counts too: the first
 * that matches a packet has it.
 */
public final class ConfigurationDiff {
    private static final List<String> KEYS = List.of("name", "prefix");
    private static final String ORDERED_FIELD = ".classes";

    private final List<Change> changes = new ArrayList<>();

    private ConfigurationDiff() {}

    /** What turns {@code before} into {@code after}, in the order of the document; empty when they are equal. */
    public static List<Change> between(Configuration before, Configuration after) {
        return betweenTrees(ConfigurationWriter.toTree(before), ConfigurationWriter.toTree(after));
    }

    /** As above, of any documents in whose lists things have names. */
    public static List<Change> betweenTrees(Map<String, Object> before, Map<String, Object> after) {
        ConfigurationDiff diff = new ConfigurationDiff();
        diff.compareMaps("", before, after);
        return List.copyOf(diff.changes);
    }

    /** The changes in the manner of a unified diff, each under the path of what differs. Empty when there are none. */
    public static String toText(List<Change> changes) {
        StringBuilder out = new StringBuilder();
        for (Change change : changes) {
            out.append("@@ ").append(change.path()).append(" @@\n");
            appendLines(out, '-', change.before());
            appendLines(out, '+', change.after());
        }
        return out.toString();
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> current) {
            compareMaps(path, old, current);
        } else if (isKeyed(before) && isKeyed(after)) {
            compareMaps(path, byKey(before), byKey(after));
            if (path.endsWith(ORDERED_FIELD)) {
                compareOrder(path, before, after);
            }
        } else if (before == null ? after != null : !before.equals(after)) {
            changes.add(new Change(path, before, after));
        }
    }

    /** Of those that stay, and by name. */
    private void compareOrder(String path, @Nullable Object before, @Nullable Object after) {
        List<Object> old = names(before);
        List<Object> current = names(after);
        List<Object> oldStaying =
                old.stream().filter(new HashSet<>(current)::contains).toList();
        List<Object> staying =
                current.stream().filter(new HashSet<>(old)::contains).toList();
        if (!staying.equals(oldStaying)) {
            changes.add(new Change(path, oldStaying, staying));
        }
    }

    private static List<Object> names(@Nullable Object value) {
        List<Object> names = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map && keyOf(map) != null) {
                    names.add(keyOf(map));
                }
            }
        }
        return names;
    }

    private void compareMaps(String path, Map<?, ?> before, Map<?, ?> after) {
        Set<Object> fields = new LinkedHashSet<>(before.keySet());
        fields.addAll(after.keySet());
        for (Object field : fields) {
            String separator = path.isEmpty() || field.toString().startsWith("[") ? "" : ".";
            compare(path + separator + field, before.get(field), after.get(field));
        }
    }

    /** A list of elements that have keys; a list that is not there counts as one without elements. */
    private static boolean isKeyed(@Nullable Object value) {
        return value == null
                || (value instanceof List<?> list
                        && list.stream().allMatch(item -> item instanceof Map<?, ?> map && keyOf(map) != null));
    }

    private static Map<String, Object> byKey(@Nullable Object value) {
        Map<String, Object> elements = new LinkedHashMap<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    elements.put("[" + keyOf(map) + "]", map);
                }
            }
        }
        return elements;
    }

    private static @Nullable Object keyOf(Map<?, ?> map) {
        return KEYS.stream()
                .map(map::get)
                .filter(key -> key != null)
                .findFirst()
                .orElse(null);
    }

    private static void appendLines(StringBuilder out, char sign, @Nullable Object value) {
        if (value != null) {
            String text =
                    value instanceof Map<?, ?> || value instanceof List<?> ? YamlWriter.write(value) : value.toString();
            text.lines()
                    .forEach(line -> out.append(sign).append(' ').append(line).append('\n'));
        }
    }
}
