@NullMarked
package io.vireo.control.node.status;

import org.jspecify.annotations.NullMarked;
