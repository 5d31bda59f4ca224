package io.vireo.control.supervisor;

import java.nio.file.Path;
import java.util.List;

/**
 * One process that the supervisor keeps running.
 *
 * @param name what it is called in logs and file names
 * @param command program and arguments
 * @param log receives its standard output and error
 * @param pidFile names the running process
 */
record Service(String name, List<String> command, Path log, PidFile pidFile) {}
