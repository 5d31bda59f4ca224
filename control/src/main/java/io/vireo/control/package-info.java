@NullMarked
package io.vireo.control;

import org.jspecify.annotations.NullMarked;
