package io.vireo.control.node.routing.frr;

import io.vireo.control.node.routing.frr.Statements.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What must be said to a daemon so that it comes from one configuration to another: what goes is taken back first, the last line first;
 * a line that only has another value is said anew.
 */
final class StatementChanges {
    /** Has one value, and takes another in its place. */
    private static final Pattern SINGLE = Pattern.compile(
            "((?:ip ospf|ipv6 ospf6) (?:cost|hello-interval|dead-interval|network)"
                    + "|timers basic|(?:ospf|ospf6|bgp) router-id|neighbor \\S+ (?:remote-as|password|timers connect)) .*");

    private static final String NO = "no ";

    private StatementChanges() {}

    /** In the order in which they are said. */
    static List<Statement> between(Statements from, Statements to) {
        List<Statement> removed = new ArrayList<>(from.all());
        removed.removeAll(to.all());
        List<Statement> added = new ArrayList<>(to.all());
        added.removeAll(from.all());
        Set<String> blocks = to.all().stream()
                .filter(each -> !each.path().isEmpty())
                .map(each -> each.path().getFirst())
                .collect(Collectors.toSet());
        Set<String> replaced = added.stream().map(StatementChanges::place).collect(Collectors.toSet());
        Set<Statement> changes = new LinkedHashSet<>();
        for (Statement each : removed.reversed()) {
            if (isOfLostBlock(each, blocks)) {
                changes.add(new Statement(List.of(), NO + each.path().getFirst()));
            } else if (!replaced.contains(place(each))) {
                changes.add(new Statement(each.path(), negated(each.line())));
            }
        }
        changes.addAll(added);
        return List.copyOf(changes);
    }

    /** Whether a daemon of OSPF has to begin anew: it takes another identity only while it has no neighbours. */
    static boolean needsRestart(List<Statement> changes) {
        return changes.stream().anyMatch(each -> each.line().matches("(no )?ospf6? router-id .*"));
    }

    /** An interface stays when nothing is said of it any more. */
    private static boolean isOfLostBlock(Statement statement, Set<String> blocks) {
        return !statement.path().isEmpty()
                && !statement.path().getFirst().startsWith("interface ")
                && !blocks.contains(statement.path().getFirst());
    }

    private static String negated(String line) {
        return line.startsWith(NO) ? line.substring(NO.length()) : NO + line;
    }

    /** What a line says something of, without what it says; the line itself, if there may be several. */
    private static String place(Statement statement) {
        Matcher single = SINGLE.matcher(statement.line());
        return statement.path() + (single.matches() ? single.group(1) : statement.line());
    }
}
