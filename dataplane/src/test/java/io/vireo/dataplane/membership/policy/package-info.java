/**
 * Lists of members against a scan, and against what hostile images could do.
 */
@NullMarked
package io.vireo.dataplane.membership.policy;

import org.jspecify.annotations.NullMarked;
