/** Tests of the calls to Linux, which need root and a kernel with network namespaces. */
@NullMarked
package io.vireo.control.linux;

import org.jspecify.annotations.NullMarked;
