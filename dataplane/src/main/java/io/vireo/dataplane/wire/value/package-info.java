/** Reusable values that commands and events carry: next hops, a class's spec, a filter's part, and the digest that compares them. */
@NullMarked
package io.vireo.dataplane.wire.value;

import org.jspecify.annotations.NullMarked;
