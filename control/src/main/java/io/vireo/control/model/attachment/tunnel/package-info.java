/**
 * What all tunnels have in common: an underlay router, and two outer addresses that must make sense in it. A kind of tunnel is a
 * package beside this one, with a reader and a feature for what it has beyond that.
 */
@NullMarked
package io.vireo.control.model.attachment.tunnel;

import org.jspecify.annotations.NullMarked;
