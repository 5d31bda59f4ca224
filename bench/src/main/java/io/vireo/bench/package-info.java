@NullMarked
package io.vireo.bench;

import org.jspecify.annotations.NullMarked;
