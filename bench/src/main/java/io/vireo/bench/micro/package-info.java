/**
 * {@code vireo bench micro}: nanoseconds of every stage of the packet path, every ring and every table by itself.
 *
 * <p>The cases are JMH's, wherever they stand; what a case measures on is real: routers programmed through a conductor, frames in packet
 * buffers. Each looks once, before it is measured, whether what it measures really happens, and throws otherwise. {@code
 * MicroCommand} runs them in JVMs with the data plane's flags, each on the CPU that is measured.
 */
@NullMarked
package io.vireo.bench.micro;

import org.jspecify.annotations.NullMarked;
