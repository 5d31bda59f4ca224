/** Tests of the engine room against the running kernel and a data plane of recorded commands. */
@NullMarked
package io.vireo.control.node;

import org.jspecify.annotations.NullMarked;
