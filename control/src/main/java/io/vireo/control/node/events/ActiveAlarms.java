package io.vireo.control.node.events;

import io.vireo.control.view.AlarmStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the data plane refuses at each attempt. Each is published once, again when its reason changes, and when it is
 * cleared. Only the node agent's thread uses it.
 */
public final class ActiveAlarms {
    private final Events events;
    private final Map<String, Alarm> bySubject = new TreeMap<>();

    private record Alarm(String scope, String reason) {}

    public ActiveAlarms(Events events) {
        this.events = events;
    }

    /**
     * All of a scope has been tried, but what was skipped.
     *
     * @param refused what was refused of it, and why
     * @param isSkipped of what nothing new is known
     */
    public void update(String scope, Map<String, String> refused, Predicate<String> isSkipped) {
        refused.forEach((subject, reason) -> {
            Alarm before = bySubject.put(subject, new Alarm(scope, reason));
            if (before == null || !before.reason().equals(reason)) {
                events.error("command.refused", subject, reason);
            }
        });
        new HashMap<>(bySubject).forEach((subject, alarm) -> {
            if (alarm.scope().equals(scope) && !refused.containsKey(subject) && !isSkipped.test(subject)) {
                bySubject.remove(subject);
                events.info("command.accepted", subject, "alarm cleared");
            }
        });
    }

    /** Of a scope, only these subjects are still what they were when they were refused; the others may be accepted now. */
    public void retain(String scope, Predicate<String> isSame) {
        bySubject.entrySet().removeIf(entry -> entry.getValue().scope().equals(scope) && !isSame.test(entry.getKey()));
    }

    /** The data plane that refused it is gone. */
    public void clear() {
        bySubject.clear();
    }

    public List<AlarmStatus> all() {
        return bySubject.entrySet().stream()
                .map(entry -> new AlarmStatus(entry.getKey(), entry.getValue().reason()))
                .toList();
    }
}
