package io.vireo.control.network;

import java.nio.file.Path;

/**
 * What a controller is started with, all of it said by its supervisor.
 *
 * @param name of the controller.
 * @param sharedDirectory where its pid file and its lock are.
 * @param stateDirectory where its network is kept.
 * @param socket where it serves its API.
 */
record ControllerArguments(String name, Path sharedDirectory, Path stateDirectory, Path socket) {
    private static final int COUNT = 4;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException when it is another one
     */
    static ControllerArguments parse(String... arguments) {
        if (arguments.length != COUNT) {
            throw new IllegalArgumentException(
                    "usage: controller NAME SHARED_DIRECTORY STATE_DIRECTORY SOCKET; started by `vireo controller up`");
        }
        return new ControllerArguments(
                arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
    }
}
