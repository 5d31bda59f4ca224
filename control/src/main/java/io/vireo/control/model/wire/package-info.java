/** Values of the model in the form of the wire protocol. */
@NullMarked
package io.vireo.control.model.wire;

import org.jspecify.annotations.NullMarked;
