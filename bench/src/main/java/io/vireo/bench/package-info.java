/** {@code vireo bench}: the command; each benchmark is a package below, with a {@code BenchTask} as its command. */
@NullMarked
package io.vireo.bench;

import org.jspecify.annotations.NullMarked;
