@NullMarked
package io.vireo.dataplane;

import org.jspecify.annotations.NullMarked;
