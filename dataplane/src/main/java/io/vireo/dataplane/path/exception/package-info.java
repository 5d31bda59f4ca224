/** Where packets end that leave the common path: dropped and counted, or punted within the router's limit. */
@NullMarked
package io.vireo.dataplane.path.exception;

import org.jspecify.annotations.NullMarked;
