/**
 * Access interfaces: a port, or one VLAN of it.
 */
@NullMarked
package io.vireo.control.model.attachment.access;

import org.jspecify.annotations.NullMarked;
