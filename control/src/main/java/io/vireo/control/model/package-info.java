/**
 * The desired state of one node as immutable values: what the operator wrote, with defaults filled in.
 *
 * <p>Knows nobody else in Vireo. Values check their own ranges when they are made; what concerns several of them
 * together (names that must be unique, routes that must lead somewhere) is checked by the package {@code document}.
 */
@NullMarked
package io.vireo.control.model;

import org.jspecify.annotations.NullMarked;
