package io.vireo.control.node.mirror;

/**
 * The routes of a prefix after a notification.
 *
 * @param isCertain whether they follow from what was known and the notification; if not, the kernel is to be asked
 */
record RouteUpdate(RouteCandidates candidates, boolean isCertain) {}
