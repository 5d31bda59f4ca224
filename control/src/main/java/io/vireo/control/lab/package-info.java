/**
 * {@code vireo lab}: several nodes on one machine, joined by veth pairs, with Linux hosts, as a topology document says. The commands; what
 * they do is in {@link io.vireo.control.lab.topology} and {@link io.vireo.control.lab.machine}.
 */
@NullMarked
package io.vireo.control.lab;

import org.jspecify.annotations.NullMarked;
