package io.vireo.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds DPDK's shared libraries and refuses any version but the one the bindings were generated from: structures are read
 * by offset, so that another version would not fail but corrupt.
 */
final class DpdkLibrary {
    static final String REQUIRED_RELEASE = "22.11";
    /** The ABI number in DPDK's file names; 23 is 22.11 and its stable updates. */
    static final int REQUIRED_ABI = 23;

    static final String INSTALL_HINT = "install DPDK 22.11 as Debian 12 packages it: apt-get install dpdk libdpdk-dev";

    private static final List<String> NAMES = List.of("eal", "mempool", "mbuf", "ethdev", "lpm", "fib", "sched");

    private DpdkLibrary() {}

    /** Loads each library the bindings name, so that what is missing is said in our words and not in the linker's. */
    static void requireInstalled() {
        for (String name : NAMES) {
            if (load(name, REQUIRED_ABI) == null) {
                throw new DpdkException(missing(name, otherVersion()), 0);
            }
        }
        requireRelease(version(eal()));
    }

    static void requireRelease(String loaded) {
        if (!loaded.startsWith("DPDK " + REQUIRED_RELEASE)) {
            throw new DpdkException(
                    "the installed library is " + loaded + ", but Vireo's bindings are for DPDK " + REQUIRED_RELEASE
                            + "; " + INSTALL_HINT,
                    0);
        }
    }

    static String missing(String name, @Nullable String otherVersion) {
        String found = otherVersion == null ? "" : " (found " + otherVersion + " instead)";
        return "cannot load librte_" + name + ".so." + REQUIRED_ABI + found + "; " + INSTALL_HINT;
    }

    static SymbolLookup eal() {
        SymbolLookup eal = load("eal", REQUIRED_ABI);
        if (eal == null) {
            throw new DpdkException(missing("eal", otherVersion()), 0);
        }
        return eal;
    }

    private static @Nullable SymbolLookup load(String name, int abi) {
        try {
            return SymbolLookup.libraryLookup("librte_" + name + ".so." + abi, Arena.global());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The version of a DPDK of another ABI, for the error text; DPDK has numbered its ABIs from 20 on. */
    private static @Nullable String otherVersion() {
        return IntStream.rangeClosed(20, 40)
                .filter(abi -> abi != REQUIRED_ABI)
                .mapToObj(abi -> load("eal", abi))
                .filter(lookup -> lookup != null)
                .map(DpdkLibrary::version)
                .findFirst()
                .orElse(null);
    }

    /** {@code const char *rte_version(void)}, from a library that need not be the one the bindings are bound to. */
    private static String version(SymbolLookup eal) {
        try {
            var handle = Linker.nativeLinker()
                    .downcallHandle(eal.findOrThrow("rte_version"), FunctionDescriptor.of(ValueLayout.JAVA_LONG));
            return java.lang.foreign.MemorySegment.ofAddress((long) handle.invokeExact())
                    .reinterpret(64)
                    .getString(0);
        } catch (Throwable e) {
            throw new AssertionError("rte_version takes nothing and cannot fail", e);
        }
    }
}
