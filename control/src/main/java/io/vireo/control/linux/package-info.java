/**
 * What control asks of the Linux kernel, through libc and nothing else: network namespaces, TAP devices, sysctls, epoll,
 * rtnetlink sockets, and file descriptors passed between processes.
 *
 * <p>A call that fails throws {@link io.vireo.control.linux.LinuxException}, which names the call, the object it was
 * about and the kernel's reason. Namespaces belong to threads: what must happen inside one runs on a platform thread
 * made for it ({@link io.vireo.control.linux.NetworkNamespace#call}), never on a virtual thread.
 */
@NullMarked
package io.vireo.control.linux;

import org.jspecify.annotations.NullMarked;
