package io.vireo.control.doctor;

import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.Hugepages;
import io.vireo.control.profile.Profile.Nic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a profile with a machine. Reads only. */
public final class ProfileCheck {
    private final Profile profile;
    private final LinuxMachine machine;

    /** Compares {@code profile} with {@code machine}. */
    public ProfileCheck(Profile profile, LinuxMachine machine) {
        this.profile = profile;
        this.machine = machine;
    }

    /** One finding per thing the profile asks for. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(cpuCount());
        pinnedCpus(findings);
        findings.add(memory());
        if (profile.memory().hugepages() != null) {
            findings.add(hugepages(profile.memory().hugepages()));
        }
        profile.kernelArguments().forEach(argument -> findings.add(kernelArgument(argument)));
        if (profile.nic() != null) {
            nic(profile.nic(), findings);
        }
        return findings;
    }

    private Finding cpuCount() {
        int found = machine.onlineCpus().size();
        int wanted = profile.cpus().atLeast();
        String text = found + " online, " + wanted + " wanted";
        return found >= wanted
                ? Finding.ok("CPUs", text)
                : Finding.problem("CPUs", text, "take a profile with fewer workers, or a larger machine");
    }

    private void pinnedCpus(List<Finding> findings) {
        Set<Integer> pinned = new HashSet<>(profile.cpus().workers());
        @Nullable Integer conductor = profile.cpus().conductor();
        if (conductor != null) {
            pinned.add(conductor);
        }
        if (pinned.isEmpty()) {
            return;
        }
        findings.add(difference("pinned CPUs online", pinned, machine.onlineCpus(), "change cpus: in the profile"));
        findings.add(difference(
                "pinned CPUs isolated",
                pinned,
                machine.isolatedCpus(),
                "add the profile's isolcpus argument to the kernel's command line and reboot"));
    }

    private static Finding difference(String subject, Set<Integer> wanted, Set<Integer> found, String advice) {
        Set<Integer> missing = new HashSet<>(wanted);
        missing.removeAll(found);
        return missing.isEmpty()
                ? Finding.ok(subject, wanted.toString())
                : Finding.problem(subject, "not: " + missing, advice);
    }

    private Finding memory() {
        if (profile.memory().hugepages() != null) {
            return Finding.ok("EAL memory", profile.memory().ealMegabytes() + " MiB, from hugepages");
        }
        long available = machine.availableMemoryMegabytes();
        String text = available + " MiB available, " + profile.memory().ealMegabytes() + " MiB wanted";
        return available >= profile.memory().ealMegabytes()
                ? Finding.ok("EAL memory", text)
                : Finding.problem("EAL memory", text, "free memory, or lower memory.ealMegabytes");
    }

    private Finding hugepages(Hugepages wanted) {
        int found = machine.hugepages(wanted.sizeKilobytes());
        String subject = "hugepages of " + wanted.sizeKilobytes() + " kB";
        String text = found + " held, " + wanted.count() + " wanted";
        return found >= wanted.count()
                ? Finding.ok(subject, text)
                : Finding.problem(
                        subject,
                        text,
                        "echo " + wanted.count() + " > /sys/kernel/mm/hugepages/hugepages-" + wanted.sizeKilobytes()
                                + "kB/nr_hugepages, or the profile's kernel arguments and a reboot");
    }

    private Finding kernelArgument(String argument) {
        return machine.kernelArguments().contains(argument)
                ? Finding.ok("kernel argument", argument)
                : Finding.warning(
                        "kernel argument",
                        "missing: " + argument,
                        "add it to GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub and reboot");
    }

    private void nic(Nic wanted, List<Finding> findings) {
        List<LinuxMachine.PciDevice> nics = machine.pciDevices().stream()
                .filter(device -> wanted.pciIds().contains(device.id()))
                .toList();
        if (nics.isEmpty()) {
            findings.add(Finding.problem(
                    "NIC",
                    "none of " + String.join(", ", wanted.pciIds()),
                    "see `lspci -nn`, and choose another profile"));
            return;
        }
        for (LinuxMachine.PciDevice nic : nics) {
            findings.add(Finding.ok("NIC", nic.address() + " (" + nic.id() + ")"));
            findings.add(driver(wanted, nic));
            findings.add(numa(nic));
        }
        findings.add(iommu(wanted));
        if (wanted.firmware() != null) {
            findings.add(
                    machine.exists(wanted.firmware())
                            ? Finding.ok("firmware", wanted.firmware())
                            : Finding.problem(
                                    "firmware",
                                    wanted.firmware() + " is missing",
                                    "install the driver's firmware package"));
        }
    }

    private static Finding driver(Nic wanted, LinuxMachine.PciDevice nic) {
        String found = nic.driver().orElse("none");
        String expected = wanted.needsVfio() ? "vfio-pci" : wanted.kernelDriver();
        String subject = "driver of " + nic.address();
        if (found.equals(expected)) {
            return Finding.ok(subject, found);
        }
        String advice = wanted.needsVfio()
                ? "modprobe vfio-pci; dpdk-devbind.py --bind=vfio-pci " + nic.address()
                        + " (not the NIC of your own session)"
                : "dpdk-devbind.py --bind=" + expected + " " + nic.address();
        return Finding.problem(subject, found + ", " + expected + " required", advice);
    }

    private Finding numa(LinuxMachine.PciDevice nic) {
        String subject = "NUMA node of " + nic.address();
        String elsewhere = profile.cpus().workers().stream()
                .filter(cpu -> machine.numaNodeOf(cpu) != nic.numaNode())
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return elsewhere.isEmpty()
                ? Finding.ok(subject, nic.numaNode() + ", as its workers")
                : Finding.warning(
                        subject,
                        nic.numaNode() + ", but not of CPUs " + elsewhere,
                        "choose cpus.workers from /sys/bus/pci/devices/" + nic.address() + "/local_cpulist");
    }

    private Finding iommu(Nic wanted) {
        if (machine.hasIommu()) {
            return Finding.ok("IOMMU", "on");
        }
        return wanted.iommu().equals("required")
                ? Finding.problem(
                        "IOMMU",
                        "off",
                        "switch VT-d or AMD-Vi on in the firmware; intel_iommu=on iommu=pt for the kernel")
                : Finding.ok("IOMMU", "off; not required");
    }
}
