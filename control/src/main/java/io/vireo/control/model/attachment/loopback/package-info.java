/**
 * Loopbacks: addresses of the router itself.
 */
@NullMarked
package io.vireo.control.model.attachment.loopback;

import org.jspecify.annotations.NullMarked;
