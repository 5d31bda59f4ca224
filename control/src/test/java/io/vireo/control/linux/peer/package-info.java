/** A Linux kernel in QEMU, as a witness of what the kernel of a test machine does not have. */
@NullMarked
package io.vireo.control.linux.peer;

import org.jspecify.annotations.NullMarked;
