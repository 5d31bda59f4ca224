package io.vireo.control.doctor;

import io.vireo.control.supervisor.CpuPriority;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes of this machine: their processes and sockets, and namespaces that nobody serves. */
final class NodeChecks {
    private final LinuxMachine machine;

    NodeChecks(LinuxMachine machine) {
        this.machine = machine;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        boolean oneRuns = false;
        for (Path directory : machine.list("dev/shm/vireo")) {
            NodePaths paths = NodePaths.of(directory.getFileName().toString());
            NodeProcesses processes = new NodeProcesses(paths);
            oneRuns |= processes.supervisor().isPresent();
            findings.addAll(processes(paths, processes));
            findings.add(controlSocket(paths, processes));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("nodes", "none runs"));
        }
        findings.add(namespaces(oneRuns));
        return findings;
    }

    private List<Finding> service(NodePaths paths, NodeProcesses processes, String service, CpuPriority wanted) {
        String subject = "node " + paths.node() + " " + service;
        Optional<Long> running = processes.service(service).map(ProcessHandle::pid);
        return running.isEmpty()
                ? List.of(Finding.problem(subject, "does not run", "see " + paths.log(service)))
                : List.of(
                        Finding.ok(subject, "pid " + running.get()),
                        new PriorityCheck(machine).of(subject + " priority", running.get(), wanted));
    }

    private List<Finding> processes(NodePaths paths, NodeProcesses processes) {
        String node = "node " + paths.node();
        List<Finding> findings = new ArrayList<>();
        if (processes.supervisor().isEmpty()) {
            String down = "`vireo down --node " + paths.node() + "` clears what it left";
            findings.add(Finding.warning(node, "no supervisor runs, though its directory exists", down));
        }
        findings.addAll(service(paths, processes, "dataplane", CpuPriority.DATA_PLANE));
        findings.addAll(service(paths, processes, "control", CpuPriority.CONTROL));
        return findings;
    }

    private static Finding controlSocket(NodePaths paths, NodeProcesses processes) {
        String subject = "node " + paths.node() + " socket";
        return processes.controlAnswers()
                ? Finding.ok(subject, paths.controlSocket() + " answers")
                : Finding.problem(subject, paths.controlSocket() + " does not answer", "see " + paths.log("control"));
    }

    private Finding namespaces(boolean oneRuns) {
        long count = machine.list("run/netns").stream()
                .filter(path -> path.getFileName().toString().startsWith("vireo-"))
                .count();
        return count > 0 && !oneRuns
                ? Finding.warning(
                        "namespaces",
                        count + " of virtual routers, but no node runs",
                        "`vireo down` removes those of the default node, `vireo down --node N` others")
                : Finding.ok("namespaces", count + " of virtual routers");
    }
}
