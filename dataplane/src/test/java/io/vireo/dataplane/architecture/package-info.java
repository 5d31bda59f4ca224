/**
 * Who may see whom in the data plane, and what must not be in code that runs after start. Read from the compiled classes: dependencies
 * with ArchUnit, instructions (array creation, string concatenation, captured variables), which ArchUnit does not show, with the JDK's class-file API.
 */
@NullMarked
package io.vireo.dataplane.architecture;

import org.jspecify.annotations.NullMarked;
