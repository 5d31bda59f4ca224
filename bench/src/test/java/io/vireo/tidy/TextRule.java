package io.vireo.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A pattern that no line of some files may match, in code, comments and strings alike. */
record TextRule(String name, Pattern pattern, String instead, Predicate<SourceText> where) implements Rule {
    /** A word, also as a part of an identifier: {@code told}, {@code isTold}, {@code TOLD_TWICE}; not a part of another word. */
    static TextRule word(String word, String instead, Predicate<SourceText> where) {
        String capital = Character.toUpperCase(word.charAt(0)) + word.substring(1);
        String pattern = "(?<![A-Za-z])" + word + "(?![a-z])|" + capital + "(?![a-z])|(?<![A-Z])"
                + word.toUpperCase(java.util.Locale.ROOT) + "(?![A-Z])";
        return new TextRule("word:" + word, Pattern.compile(pattern), instead, where);
    }

    static TextRule pattern(String name, String pattern, String instead, Predicate<SourceText> where) {
        return new TextRule(name, Pattern.compile(pattern), instead, where);
    }

    @Override
    public Stream<Hit> hits(SourceText file) {
        if (!where.test(file)) {
            return Stream.empty();
        }
        List<Hit> hits = new ArrayList<>();
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = pattern.matcher(lines.get(i));
            while (matcher.find()) {
                hits.add(new Hit(file.path(), i + 1, excerpt(lines.get(i), matcher.start())));
            }
        }
        return hits.stream();
    }

    private static String excerpt(String line, int at) {
        return line.substring(Math.max(0, at - 40), Math.min(line.length(), at + 60))
                .strip();
    }
}
