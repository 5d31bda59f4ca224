/** Routes and neighbours in the data plane's form, and the interface by which they are programmed. */
@NullMarked
package io.vireo.control.node.forwarding;

import org.jspecify.annotations.NullMarked;
