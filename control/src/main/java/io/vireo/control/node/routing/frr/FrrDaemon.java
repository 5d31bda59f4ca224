package io.vireo.control.node.routing.frr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** FRR's programs, each with the capabilities without one of which it does not start (frr 8.4, {@code _caps_p}). */
enum FrrDaemon {
    /** The one that brings the others' routes into the kernel. */
    ZEBRA("+net_admin,+net_raw,+sys_admin"),
    BFDD("+net_bind_service,+net_raw,+sys_admin"),
    OSPFD("+net_bind_service,+net_raw,+net_admin,+sys_admin"),
    OSPF6D("+net_bind_service,+net_raw,+sys_admin"),
    RIPD("+net_bind_service,+net_raw,+sys_admin"),
    RIPNGD("+net_bind_service,+net_raw,+sys_admin"),
    BGPD("+net_bind_service,+net_raw,+net_admin,+sys_admin");

    private static final Path PROGRAMS = Path.of("/usr/lib/frr");

    private final String capabilities;

    FrrDaemon(String capabilities) {
        this.capabilities = capabilities;
    }

    /** For setpriv(1): its own, and those by which it becomes the user frr. */
    String boundingSet() {
        return "-all,+setuid,+setgid," + capabilities;
    }

    String programName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path program() {
        return PROGRAMS.resolve(programName());
    }

    boolean isInstalled() {
        return Files.isExecutable(program());
    }
}
