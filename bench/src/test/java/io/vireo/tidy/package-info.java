/**
 * What the repository as a whole must keep to: its words, its constructs, its packages, and that nothing in it is dead. Style that can be
 * checked is a test, and the test is a ratchet: what cannot be at zero yet has a number or a line in a resource beside these classes, and may
 * only fall. Here and not in a module of its own because bench is the one module that sees all the others.
 */
@NullMarked
package io.vireo.tidy;

import org.jspecify.annotations.NullMarked;
