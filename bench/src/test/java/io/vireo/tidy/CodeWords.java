package io.vireo.tidy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How often identifiers stand in Java code, comments left out; a string's words count, for who finds a class by its name. */
final class CodeWords {
    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|//[^\\n\"]*$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_$]+");

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();

    CodeWords(Stream<SourceText> sources) {
        sources.forEach(this::add);
    }

    private void add(SourceText source) {
        Set<String> ofFile = new HashSet<>();
        Matcher words = WORD.matcher(COMMENT.matcher(source.text()).replaceAll(""));
        while (words.find()) {
            String word = words.group();
            counts.merge(word, 1, Integer::sum);
            ofFile.add(word);
        }
        ofFile.forEach(word -> files.merge(word, 1, Integer::sum));
    }

    int count(String word) {
        return counts.getOrDefault(word, 0);
    }

    int filesWith(String word) {
        return files.getOrDefault(word, 0);
    }
}
