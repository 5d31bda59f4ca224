/**
 * Virtual Internets (Touch and others, §2.1): two IP headers, that of a virtual link around that of a virtual network. On the
 * wire it is IP in IP; what differs is who may be spoken to: a router is a strong end system towards its virtual links, which end
 * at one of its interfaces, and a weak one in the virtual network, where any of its addresses is its own (RFC 1122 §3.3.4.2).
 */
@NullMarked
package io.vireo.control.model.attachment.vi;

import org.jspecify.annotations.NullMarked;
