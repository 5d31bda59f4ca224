/**
 * All tables of one data plane, made at start and shared by conductor (writer) and workers (readers).
 */
@NullMarked
package io.vireo.dataplane.forwarding;

import org.jspecify.annotations.NullMarked;
