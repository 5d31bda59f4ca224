/** VXLAN: Ethernet frames in UDP, over IPv4 or IPv6, between two ends (RFC 7348). */
@NullMarked
package io.vireo.control.model.attachment.vxlan;

import org.jspecify.annotations.NullMarked;
