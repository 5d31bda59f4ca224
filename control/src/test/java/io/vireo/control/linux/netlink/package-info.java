/** Tests of the rtnetlink codec and client against the running kernel and iproute2. */
@NullMarked
package io.vireo.control.linux.netlink;

import org.jspecify.annotations.NullMarked;
