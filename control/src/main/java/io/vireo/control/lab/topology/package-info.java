/**
 * What a lab shall be: the topology document, read and checked with the configurations of its nodes before anything is changed, and
 * the names that follow from it.
 */
@NullMarked
package io.vireo.control.lab.topology;

import org.jspecify.annotations.NullMarked;
