package io.vireo.control.doctor;

import io.vireo.control.supervisor.CpuPriority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which rank for CPU time this machine granted a service: its niceness, its session's, and real-time threads. */
final class PriorityCheck {
    private static final String ADVICE =
            "other work takes its time from packets: start the node as root with CAP_SYS_NICE, or give it CPUs of its own";

    /** Fields of {@code /proc/PID/stat} after the name, proc_pid_stat(5): niceness is 19, policy 41; the third is the first here. */
    private static final int NICENESS = 19 - 3;

    private static final int POLICY = 41 - 3;
    private static final String SCHED_RR = "2";

    private final LinuxMachine machine;

    PriorityCheck(LinuxMachine machine) {
        this.machine = machine;
    }

    /** @param wanted what the supervisor asked for */
    Finding of(String subject, long pid, CpuPriority wanted) {
        String process = "proc/" + pid;
        int niceness = Integer.parseInt(field(process + "/stat", NICENESS, "0"));
        List<String> found = new ArrayList<>(List.of("niceness " + niceness));
        boolean granted = niceness <= wanted.niceness();
        String session =
                machine.text(process + "/autogroup"); // "/autogroup-25 nice -10"; no file: sessions have no rank
        if (!session.isEmpty()) {
            int sessionNiceness = Integer.parseInt(session.substring(session.lastIndexOf(' ') + 1));
            granted &= sessionNiceness <= wanted.niceness();
            found.add("of its session " + sessionNiceness);
        }
        found.addAll(realTimeThreads(process));
        String text = String.join(", ", found);
        return granted
                ? Finding.ok(subject, text)
                : Finding.warning(subject, text + ", not " + wanted.niceness(), ADVICE);
    }

    private List<String> realTimeThreads(String process) {
        List<String> threads = new ArrayList<>();
        for (Path thread : machine.list(process + "/task")) {
            String task = process + "/task/" + thread.getFileName();
            if (field(task + "/stat", POLICY, "").equals(SCHED_RR)) {
                threads.add(machine.text(task + "/comm") + " real-time");
            }
        }
        return threads;
    }

    private String field(String stat, int index, String absent) {
        String text = machine.text(stat);
        // The name in parentheses may hold blanks and parentheses.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > index ? fields[index] : absent;
    }
}
