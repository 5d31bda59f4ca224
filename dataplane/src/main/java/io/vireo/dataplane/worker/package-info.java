/**
 * The worker: the thread that forwards packets, one per core, and what only it does beside the stages of the path.
 */
@NullMarked
package io.vireo.dataplane.worker;

import org.jspecify.annotations.NullMarked;
