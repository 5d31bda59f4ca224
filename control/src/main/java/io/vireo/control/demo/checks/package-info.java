/** What the demo claims: one class per kind of measurement. */
@NullMarked
package io.vireo.control.demo.checks;

import org.jspecify.annotations.NullMarked;
