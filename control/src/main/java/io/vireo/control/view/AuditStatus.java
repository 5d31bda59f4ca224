package io.vireo.control.view;

/**
 * How often the node is audited: once a minute, but not before twenty times what the last audit took.
 *
 * @param tookMs how long the last one took, in milliseconds; 0 before the first
 * @param nextInSeconds when the next begins, unless somebody asks for one
 */
public record AuditStatus(long tookMs, long nextInSeconds) {}
