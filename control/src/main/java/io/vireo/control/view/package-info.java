/**
 * A running node as operators see it: the requests that can be made ({@link io.vireo.control.view.Node}) and the
 * immutable answers. The API turns these records into JSON as they stand, so their component names are its field names.
 */
@NullMarked
package io.vireo.control.view;

import org.jspecify.annotations.NullMarked;
