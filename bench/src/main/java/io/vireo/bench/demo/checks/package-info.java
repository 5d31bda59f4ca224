/** What the demo claims: one class per kind of measurement. */
@NullMarked
package io.vireo.bench.demo.checks;

import org.jspecify.annotations.NullMarked;
