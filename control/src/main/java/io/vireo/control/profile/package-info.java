/**
 * Hardware profiles: what a machine of one shape needs for Vireo, and what the data plane is told about it.
 *
 * <p>The files come from the module {@code hw-profiles}; their format is documented and checked by its JSON Schema.
 */
@NullMarked
package io.vireo.control.profile;

import org.jspecify.annotations.NullMarked;
