/** Cases for the parts of the H-FSC scheduler, in the package that they belong to: nobody else is to call them. */
@NullMarked
package io.vireo.dataplane.schedule;

import org.jspecify.annotations.NullMarked;
