/**
 * What all tunnels have in common: an underlay router, and two outer addresses that must make sense in it.
 */
@NullMarked
package io.vireo.control.model.attachment.tunnel;

import org.jspecify.annotations.NullMarked;
