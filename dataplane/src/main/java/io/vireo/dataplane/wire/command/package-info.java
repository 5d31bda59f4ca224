/** Control asks, the conductor carries out: proxies, families of commands, their adapter and rules of range. */
@NullMarked
package io.vireo.dataplane.wire.command;

import org.jspecify.annotations.NullMarked;
