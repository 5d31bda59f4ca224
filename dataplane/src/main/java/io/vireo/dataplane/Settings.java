package io.vireo.dataplane;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings a process was started with: system properties that begin with {@code vireo.}, overridden by program arguments of
 * the form {@code vireo.x=y}. Each is asked for with its default and range; what nobody asked for is an error. Start-up only.
 */
final class Settings {
    private static final String PREFIX = "vireo.";

    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> concluded = new TreeMap<>();

    Settings(String[] arguments, Map<Object, Object> systemProperties) {
        systemProperties.forEach((name, value) -> {
            if (name.toString().startsWith(PREFIX)) {
                given.put(name.toString(), value.toString());
            }
        });
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0 || !argument.startsWith(PREFIX)) {
                throw new StartException("argument '" + argument + "' is not of the form vireo.name=value");
            }
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
    }

    String text(String name, String defaultValue) {
        String value = given.getOrDefault(name, defaultValue);
        concluded.put(name, value);
        return value;
    }

    int number(String name, int defaultValue, int min, int max) {
        String value = text(name, Integer.toString(defaultValue));
        int number = parse(name, value);
        if (number < min || number > max) {
            throw new StartException(name + "=" + value + " is not in " + min + ".." + max);
        }
        return number;
    }

    boolean truth(String name, boolean defaultValue) {
        String value = text(name, Boolean.toString(defaultValue));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new StartException(name + "=" + value + " is neither true nor false");
        };
    }

    /** Numbers separated by commas; none if empty. */
    List<Integer> numbers(String name) {
        String value = text(name, "");
        return value.isEmpty()
                ? List.of()
                : Arrays.stream(value.split(",", -1))
                        .map(part -> parse(name, part.strip()))
                        .toList();
    }

    private static int parse(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new StartException(name + ": '" + value + "' is not a number", e);
        }
    }

    /** Refuses settings that nobody asked for: they are misspelt. */
    void requireAllKnown() {
        for (String name : given.keySet()) {
            if (!concluded.containsKey(name)) {
                throw new StartException(
                        "there is no setting " + name + "; there are " + String.join(", ", concluded.keySet()));
            }
        }
    }

    /** One line per setting: name and value. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        concluded.forEach(
                (name, value) -> text.append(name).append('=').append(value).append(System.lineSeparator()));
        return text.toString();
    }
}
