package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;

/**
 * A veth pair between two ports of Vireo.
 *
 * @param firstInterface the end that one port takes
 * @param secondInterface the end that the other takes
 */
record Veth(String firstInterface, String secondInterface) {

    void create() {
        Command.of("ip", "link", "add", firstInterface, "type", "veth", "peer", "name", secondInterface)
                .runOrThrow();
        Command.of("ip", "link", "set", firstInterface, "up").runOrThrow();
        Command.of("ip", "link", "set", secondInterface, "up").runOrThrow();
    }

    void remove() {
        Command.of("ip", "link", "delete", firstInterface).run(); // its peer goes with it
    }
}
