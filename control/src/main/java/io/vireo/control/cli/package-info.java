/**
 * The command line: {@code vireo COMMAND}. A thin client of the control socket; tables for people, {@code --json} for
 * programs, documented exit codes ({@link io.vireo.control.cli.ExitCode}).
 *
 * <p>Classes are loaded when they are needed and no earlier, for a command should answer within half a second.
 */
@NullMarked
package io.vireo.control.cli;

import org.jspecify.annotations.NullMarked;
