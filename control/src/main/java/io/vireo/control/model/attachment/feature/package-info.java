/**
 * What every kind of attachment does for the rest of control, and what it is given for it.
 */
@NullMarked
package io.vireo.control.model.attachment.feature;

import org.jspecify.annotations.NullMarked;
