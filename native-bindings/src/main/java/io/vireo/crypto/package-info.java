/**
 * Authenticated encryption of packets by Intel's {@code libipsec-mb} 1.3: AES-GCM (NIST SP 800-38D) and ChaCha20-Poly1305 (RFC
 * 8439), in place in native memory.
 *
 * <ul>
 *   <li>{@link io.vireo.crypto.AeadAlgorithm}: which there are, and how long their keys are.
 *   <li>{@link io.vireo.crypto.AeadContext}: seals and opens; one per thread.
 *   <li>{@link io.vireo.crypto.KeyMemory}: where keys lie: locked, not in core files, zeroed when they go.
 * </ul>
 *
 * <p>The library is called by its direct functions, which are pointers in its {@code IMB_MGR}; {@code IpsecMbHeaderTest} compiles a
 * probe against the installed header and compares each offset and type. A machine without the library has no such cipher ({@link
 * io.vireo.crypto.AeadContext#unavailability}), and nothing else is different.
 */
@NullMarked
package io.vireo.crypto;

import org.jspecify.annotations.NullMarked;
