package io.vireo.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What cannot be at zero yet: a key and a value a line, in a resource beside the tests. It may only shrink. */
final class Ratchet {
    private static final String FOLDER = "bench/src/test/resources/io/vireo/tidy/";
    private static final String SEPARATOR = " : ";

    private final String path;

    Ratchet(String file) {
        path = FOLDER + file;
    }

    /** From the repository's root. */
    String path() {
        return path;
    }

    SortedMap<String, String> read() {
        SortedMap<String, String> lines = new TreeMap<>();
        for (String line : text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            int at = line.indexOf(SEPARATOR);
            if (at < 0) {
                throw new IllegalStateException(path + ": no '" + SEPARATOR + "' in: " + line);
            }
            lines.put(
                    line.substring(0, at).strip(),
                    line.substring(at + SEPARATOR.length()).strip());
        }
        return lines;
    }

    /** Writes these lines and keeps the comments at the head. */
    void write(Map<String, String> lines) {
        String head = text().lines().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
        String body = new TreeMap<>(lines)
                .entrySet().stream()
                        .map(line -> line.getKey() + SEPARATOR + line.getValue())
                        .collect(Collectors.joining("\n"));
        try {
            Files.writeString(file(), head + "\n" + body + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return Repository.root().resolve(path);
    }
}
