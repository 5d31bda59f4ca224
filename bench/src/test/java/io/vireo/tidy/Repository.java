package io.vireo.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The repository's own text: sources, schemas, documents, the launcher. What tools generate is left out. */
final class Repository {
    /** Its modules. */
    static final List<String> MODULES = List.of("native-bindings", "dataplane", "control", "bench", "hw-profiles");

    private static final Set<String> SUFFIXES = Set.of("java", "md", "xml", "json", "yaml", "sh", "py");
    private static final List<String> EXTRA = List.of("vireo", ".ci/run");

    /** History is not rewritten when a word changes. */
    private static final Set<String> HISTORY = Set.of("CHANGELOG.md", "bench/NOTES.md");

    private static final List<SourceText> TEXTS = read();

    private Repository() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("vireo")) || !Files.isDirectory(folder.resolve("native-bindings"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "not below a checkout of Vireo: " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    static List<SourceText> texts() {
        return TEXTS;
    }

    private static List<SourceText> read() {
        Path root = root();
        List<SourceText> texts = new ArrayList<>();
        try (Stream<Path> top = Files.list(root)) {
            List<Path> places = new ArrayList<>(top.filter(Files::isRegularFile).toList());
            EXTRA.stream().map(root::resolve).forEach(places::add);
            for (String module : MODULES) {
                places.addAll(filesBelow(root.resolve(module)));
            }
            for (Path file : places.stream().distinct().sorted().toList()) {
                String path = root.relativize(file).toString();
                if (isOurs(path)) {
                    texts.add(new SourceText(path, Files.readString(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(texts);
    }

    private static List<Path> filesBelow(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean isOurs(String path) {
        String suffix = path.substring(path.lastIndexOf('.') + 1);
        boolean isGenerated = path.contains("/target/") || path.contains("/src/generated/");
        boolean isTidysOwn =
                path.startsWith("bench/src/test/java/io/vireo/tidy/") && !path.endsWith("package-info.java");
        return (SUFFIXES.contains(suffix) || EXTRA.contains(path))
                && !isGenerated
                && !isTidysOwn // its tables name what they ban
                && !HISTORY.contains(path);
    }
}
