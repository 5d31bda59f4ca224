/**
 * A codec and client for rtnetlink (RFC 3549, {@code rtnetlink(7)}): links, addresses, routes with multipath and
 * next-hop objects, neighbours; requests with extended acknowledgements, dumps and notifications.
 */
@NullMarked
package io.vireo.control.linux.netlink;

import org.jspecify.annotations.NullMarked;
