@NullMarked
package io.vireo.dpdk;

import org.jspecify.annotations.NullMarked;
