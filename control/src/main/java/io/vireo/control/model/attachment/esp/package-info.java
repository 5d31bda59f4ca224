/**
 * ESP: IPv4 and IPv6, encrypted (RFC 4303), in IPv4 or in IPv6. No field holds a key: what is in a document is in its history, in
 * backups and on screens. {@code vireo keys} gives the two ends their keys while they run.
 */
@NullMarked
package io.vireo.control.model.attachment.esp;

import org.jspecify.annotations.NullMarked;
