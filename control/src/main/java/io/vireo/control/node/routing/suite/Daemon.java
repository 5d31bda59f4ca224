package io.vireo.control.node.routing.suite;

import java.nio.file.Path;
import java.util.List;

/**
 * A program that a router needs.
 *
 * @param name of the program's file; unique in its router.
 * @param command program and arguments, as run in the router's namespace.
 * @param configuration the contents of its file; empty: it has none.
 * @param needs sockets that must be there before it is started.
 * @param provides sockets that it makes, and an earlier life may have left behind.
 */
public record Daemon(String name, List<String> command, String configuration, List<Path> needs, List<Path> provides) {
    public Daemon {
        command = List.copyOf(command);
        needs = List.copyOf(needs);
        provides = List.copyOf(provides);
    }
}
