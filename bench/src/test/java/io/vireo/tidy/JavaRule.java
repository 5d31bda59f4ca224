package io.vireo.tidy;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Something that no Java file of some may declare. */
record JavaRule(String name, String instead, Predicate<SourceText> where, Function<JavaFile, Stream<Hit>> finder)
        implements Rule {
    /** No type, method, field, parameter or variable may be called so. */
    static JavaRule declared(String name, String pattern, String instead, Predicate<SourceText> where) {
        Predicate<String> isBanned = Pattern.compile(pattern).asMatchPredicate();
        return new JavaRule(
                "name:" + name,
                instead,
                where,
                file -> file.names().stream()
                        .filter(named -> isBanned.test(named.name()))
                        .map(named -> new Hit(file.source().path(), named.line(), named.name())));
    }

    @Override
    public Stream<Hit> hits(SourceText file) {
        return file.isJava() && where.test(file) ? finder.apply(JavaFile.of(file)) : Stream.empty();
    }
}
