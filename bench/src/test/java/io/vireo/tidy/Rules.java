package io.vireo.tidy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is banned, and what to write instead. A word is here if a newcomer to this field would search in vain for it. Words that are the field's own
 * elsewhere (admission of a call, colour of a policer or a cache, slice of memory) are banned only where they would mean something else.
 */
final class Rules {
    private static final int MAX_LINE = 140;
    private static final int MAX_MAIN_FILE = 300;
    private static final int MAX_TEST_FILE = 400;
    private static final int MAX_MAIN_METHOD = 40;
    private static final int MAX_TEST_METHOD = 60;

    private static final Predicate<SourceText> EVERYWHERE = Rules::isAnything;
    private static final Predicate<SourceText> JAVA = SourceText::isJava;
    private static final Predicate<SourceText> MAIN = Rules::isMain;
    private static final Predicate<SourceText> TESTS = Rules::isTest;
    private static final Predicate<SourceText> DATAPLANE = Rules::isOfDataplane;

    private Rules() {}

    private static boolean isAnything(SourceText file) {
        return !file.path().isEmpty();
    }

    private static boolean isMain(SourceText file) {
        return file.isJava() && !file.isTest();
    }

    private static boolean isTest(SourceText file) {
        return file.isJava() && file.isTest();
    }

    private static boolean isOfDataplane(SourceText file) {
        return file.path().startsWith("dataplane/")
                || file.path().startsWith("bench/src/main/java/io/vireo/bench/micro/");
    }

    static List<Rule> all() {
        return Stream.of(words(), names(), constructs(), sizes())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> words() {
        return List.of(
                TextRule.word("finding", "check result", DATAPLANE),
                TextRule.word("restriction", "local-only reason", DATAPLANE),
                TextRule.word("stretch", "run of a burst, range of an array, segment, phase", EVERYWHERE),
                TextRule.word("stretches", "runs of a burst, ranges, segments, phases", EVERYWHERE),
                TextRule.word("diversion", "exception path", EVERYWHERE),
                TextRule.word("divert", "except, to the exception path", EVERYWHERE),
                TextRule.word("diverted", "excepted", EVERYWHERE),
                TextRule.word("departure", "frame to send; dequeue, in the scheduler", EVERYWHERE),
                TextRule.word("departures", "tx frames; dequeuer, in the scheduler", EVERYWHERE),
                TextRule.word("passage", "bypass", EVERYWHERE),
                TextRule.word("ripen", "become eligible", EVERYWHERE),
                TextRule.word("ripe", "eligible", EVERYWHERE),
                TextRule.word("rehearsal", "warm-up", EVERYWHERE),
                TextRule.word("rehearse", "warm up", EVERYWHERE),
                TextRule.word("rehearsed", "warmed up", EVERYWHERE),
                TextRule.word("told", "programmed, reported, published, or where configured", EVERYWHERE),
                TextRule.word("untold", "not programmed", EVERYWHERE),
                TextRule.word("tell", "report, publish, show, program", EVERYWHERE),
                TextRule.word("tells", "reports, publishes, shows, programs", EVERYWHERE),
                TextRule.word("telling", "reporting, publishing, programming", EVERYWHERE),
                TextRule.word("books", "state", EVERYWHERE),
                TextRule.word("reckon", "compute, estimate", EVERYWHERE),
                TextRule.word("reckoned", "computed, estimated", EVERYWHERE),
                TextRule.word("sitting", "iteration", EVERYWHERE),
                TextRule.word("judge", "validate, decide", EVERYWHERE),
                TextRule.word("judges", "validates, decides", EVERYWHERE),
                TextRule.word("judged", "validated, decided", EVERYWHERE),
                TextRule.word("patience", "timeout, window", EVERYWHERE),
                TextRule.word("promised", "guaranteed", EVERYWHERE),
                TextRule.word("deserted", "unused", EVERYWHERE),
                TextRule.word(
                        "colour",
                        "port/VLAN table; a colour is a policer's or a cache's",
                        DATAPLANE.and(Rules::isNoCache)),
                TextRule.word(
                        "colours",
                        "port/VLAN table; a colour is a policer's or a cache's",
                        DATAPLANE.and(Rules::isNoCache)),
                TextRule.word("columns", "parallel arrays", DATAPLANE),
                TextRule.pattern(
                        "admission",
                        "(?i)admission|\\badmits?\\b|\\badmitted\\b",
                        "destination match, MAC match; conforms, of a"
                                + " policer; admission is call admission control",
                        Rules::isPathOrInterfaces),
                TextRule.pattern("looks-closer", "(?i)looks? ?closer", "slow path", EVERYWHERE),
                TextRule.pattern("in-slices", "(?i)\\bin slices|\\bslice per\\b", "up to a work limit", EVERYWHERE),
                TextRule.pattern("standing-refusal", "(?i)standing ?refusals?", "active alarms", EVERYWHERE),
                TextRule.pattern("packets-way", "(?i)\\ba packet's way\\b", "the packet path", EVERYWHERE),
                TextRule.pattern(
                        "given-out", "(?i)\\bgive[ns]? (out|back)\\b|\\bgiveBack", "allocated, released", EVERYWHERE),
                TextRule.pattern("sign-of-life", "(?i)sign of life", "heartbeat", EVERYWHERE));
    }

    private static boolean isNoCache(SourceText file) {
        return !file.path().endsWith("/schedule/Words.java");
    }

    private static boolean isPathOrInterfaces(SourceText file) {
        return file.path().contains("/dataplane/path/") || file.path().contains("/dataplane/interfaces/");
    }

    private static List<Rule> names() {
        return List.of(
                JavaRule.declared("most", "most|MOST(_.*)?|most[A-Z].*", "max, MAX_…: a limit", JAVA),
                JavaRule.declared("least", "least|LEAST(_.*)?|least[A-Z].*", "min, MIN_…: a limit", JAVA),
                JavaRule.declared("way", "way|ways|Way|Ways", "nextHop; path", JAVA),
                JavaRule.declared("book", "book", "state, record", JAVA),
                JavaRule.declared("arm", "arm|armed|isArmed", "enableProgramming", JAVA),
                JavaRule.declared("tend", "tend|tends|tend[A-Z].*", "reclaim, housekeep", JAVA),
                JavaRule.declared("turn", "turn|turns|turn[A-Z].*|[a-z]+Turns?", "next, round, iteration", JAVA),
                JavaRule.declared("chance", "chance|chances", "attempt", JAVA),
                JavaRule.declared("slice", "slice|slices|SLICES?", "doWork(workLimit); bucket, window", MAIN),
                JavaRule.declared(
                        "element", "element|[a-z]+Element|ELEMENTS?", "what it is: interface, class, router", MAIN),
                JavaRule.declared("face", "face|faces", "interface", JAVA));
    }

    private static List<Rule> constructs() {
        return List.of(
                new JavaRule(
                        "final",
                        "nothing: parameters and local variables are never final here, fields are",
                        JAVA,
                        file -> file.finals().stream()
                                .map(named -> new Hit(file.source().path(), named.line(), "final " + named.name()))),
                new JavaRule(
                        "test-name",
                        "should…: one behaviour a test",
                        TESTS,
                        file -> file.tests().stream()
                                .filter(test -> !test.name().startsWith("should"))
                                .map(test -> new Hit(file.source().path(), test.line(), test.name()))),
                TextRule.pattern(
                        "console",
                        "\\bSystem\\.(out|err)\\b",
                        "the event log, a logger, or the command's own writer",
                        MAIN.and(file -> !Rules.isCommandLine(file))),
                TextRule.pattern(
                        "sleep",
                        "\\bThread\\.sleep\\(",
                        "time as a parameter; or a wait for the condition itself, with a time limit",
                        TESTS),
                TextRule.pattern("todo", "\\b(TODO|FIXME|XXX)\\b", "an issue; or do it", EVERYWHERE),
                TextRule.pattern("disabled-test", "@Disabled\\b", "mend the test or delete it", JAVA),
                TextRule.pattern("stack-trace", "\\.printStackTrace\\(", "a message that says what and where", JAVA),
                TextRule.pattern("star-import", "^import .*\\*;", "the names themselves", JAVA),
                TextRule.pattern("tab", "\t", "spaces", EVERYWHERE),
                TextRule.pattern("trailing-space", "[ \t]+$", "nothing", EVERYWHERE),
                TextRule.pattern(
                        "registry-host",
                        "https?://[\\w.-]*(repo|registry|mirror|packages|archive)[\\w.-]*\\.[a-z]{2,}",
                        "the package manager's own configuration: which mirror a machine uses is the machine's affair",
                        EVERYWHERE));
    }

    /** bench is a command, and what starts a JVM talks to whoever started it. */
    private static boolean isCommandLine(SourceText file) {
        return file.path().startsWith("bench/")
                || file.path().contains("/cli/")
                || file.path().endsWith("Main.java");
    }

    private static List<Rule> sizes() {
        return List.of(
                TextRule.pattern(
                        "long-line",
                        ".{" + (MAX_LINE + 1) + ",}",
                        "lines of at most " + MAX_LINE + " characters",
                        JAVA),
                file("long-file", MAX_MAIN_FILE, MAIN),
                file("long-test-file", MAX_TEST_FILE, TESTS),
                method("long-method", MAX_MAIN_METHOD, MAIN),
                method("long-test-method", MAX_TEST_METHOD, TESTS),
                oneName());
    }

    private static Rule file(String name, int max, Predicate<SourceText> where) {
        return new JavaRule(name, "two classes, one duty each: a file has at most " + max + " lines", where, file -> {
            int lines = file.source().lines().size();
            return lines > max ? Stream.of(new Hit(file.source().path(), 1, lines + " lines")) : Stream.empty();
        });
    }

    private static Rule method(String name, int max, Predicate<SourceText> where) {
        return new JavaRule(
                name,
                "a method for each step: a body has at most " + max + " lines",
                where,
                file -> file.methods().stream()
                        .filter(method -> method.lines() > max)
                        .map(method -> new Hit(
                                file.source().path(),
                                method.line(),
                                method.name() + ": " + method.lines() + " lines")));
    }

    /** A simple name means one thing. */
    private static Rule oneName() {
        Map<String, Long> files = Repository.texts().stream()
                .filter(MAIN)
                .collect(Collectors.groupingBy(Rules::fileName, Collectors.counting()));
        return new JavaRule(
                "same-name",
                "a name that no other class has",
                MAIN.and(file -> !fileName(file).contains("-info.")),
                file -> files.getOrDefault(fileName(file.source()), 0L) > 1
                        ? Stream.of(new Hit(file.source().path(), 1, fileName(file.source())))
                        : Stream.empty());
    }

    private static String fileName(SourceText file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
