/**
 * The desired state of one node as immutable values: what the operator wrote ({@link io.vireo.control.model.Configuration})
 * and the same with identities and defaults filled in ({@link io.vireo.control.model.DesiredState}).
 *
 * <p>Knows nobody else in Vireo. Values check their own ranges when they are made; what concerns several of them
 * together (names that must be unique, routes that must lead somewhere) is checked by the package {@code document}.
 */
@NullMarked
package io.vireo.control.model;

import org.jspecify.annotations.NullMarked;
