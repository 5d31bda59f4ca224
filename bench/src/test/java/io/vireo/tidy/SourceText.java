package io.vireo.tidy;

import java.util.List;

/**
 * A file of the repository.
 *
 * @param path from the repository's root, with slashes
 */
record SourceText(String path, String text) {
    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    List<String> lines() {
        return text.lines().toList();
    }
}
