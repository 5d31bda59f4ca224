package io.vireo.control.doctor;

import io.vireo.control.linux.Superuser;
import io.vireo.control.supervisor.SharedMemoryRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the kernel and its limits offer: privileges, TUN/TAP, CPUs, memory, hugepages. */
final class KernelChecks {
    /** A node without NICs: two JVMs, DPDK's memory and the shared file. */
    private static final long NEEDED_MEMORY_MEGABYTES = 1536;

    private static final int HUGEPAGE_KILOBYTES = 2048;
    private static final String SHARED_MEMORY = "/dev/shm";

    private final LinuxMachine machine;

    KernelChecks(LinuxMachine machine) {
        this.machine = machine;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(privileges());
        findings.add(device("/dev/net/tun", "modprobe tun; in a container: --device /dev/net/tun"));
        findings.add(sharedMemory());
        findings.add(cpus());
        findings.add(cpuLimit());
        findings.add(memory());
        findings.add(hugepages());
        findings.add(systemWideFrr());
        return findings;
    }

    private static Finding privileges() {
        return Superuser.isCurrent()
                ? Finding.ok("privileges", "root")
                : Finding.warning("privileges", "not root", "up, down, demo, bench and test need root");
    }

    private Finding device(String path, String advice) {
        return machine.exists(path) ? Finding.ok(path, "there") : Finding.problem(path, "missing", advice);
    }

    private Finding sharedMemory() {
        if (!machine.exists(SHARED_MEMORY)) {
            return device(SHARED_MEMORY, "mount -t tmpfs tmpfs " + SHARED_MEMORY);
        }
        SharedMemoryRoom room = SharedMemoryRoom.of(Path.of(SHARED_MEMORY), Map.of());
        if (!room.isEnough()) {
            return Finding.problem(SHARED_MEMORY, room.found(), room.remedy());
        }
        return room.isEnoughTwice()
                ? Finding.ok(SHARED_MEMORY, room.found())
                : Finding.warning(
                        SHARED_MEMORY,
                        room.found() + ", twice that while the data plane is started again",
                        room.remedy());
    }

    private Finding cpus() {
        int count = machine.onlineCpus().size();
        String text = count + " online, " + machine.isolatedCpus().size() + " isolated";
        return count >= 2
                ? Finding.ok("CPUs", text)
                : Finding.warning("CPUs", text, "a worker that polls and everything else share one CPU");
    }

    /** cgroup v2: "max 100000" or "QUOTA PERIOD" in microseconds. */
    private Finding cpuLimit() {
        String limit = machine.text("sys/fs/cgroup/cpu.max");
        return limit.isEmpty() || limit.startsWith("max")
                ? Finding.ok("cgroup CPU limit", "none")
                : Finding.warning(
                        "cgroup CPU limit",
                        limit + " us",
                        "a polling worker is stopped each time the quota is used up");
    }

    private Finding memory() {
        long available = machine.availableMemoryMegabytes();
        return available >= NEEDED_MEMORY_MEGABYTES
                ? Finding.ok("memory", available + " MiB available")
                : Finding.warning(
                        "memory",
                        available + " MiB available",
                        "a node takes up to " + NEEDED_MEMORY_MEGABYTES + " MiB");
    }

    private Finding hugepages() {
        int pages = machine.hugepages(HUGEPAGE_KILOBYTES);
        return Finding.ok(
                "hugepages",
                pages == 0 ? "none; needed for NICs only (see `vireo profile check`)" : pages + " of 2 MiB");
    }

    private Finding systemWideFrr() {
        String pid = machine.text("run/frr/zebra.pid");
        boolean runs = !pid.isEmpty() && machine.exists("/proc/" + pid);
        return runs
                ? Finding.warning(
                        "system-wide FRR",
                        "zebra runs as pid " + pid,
                        "Vireo does not need it; systemctl disable --now frr unless you do")
                : Finding.ok("system-wide FRR", "does not run");
    }
}
