package io.vireo.bench.forward;

/** Where the programs of a run have their packets: all of them alike. */
public enum Pages {
    /** What a machine gives that was not prepared: DPDK's are of 4 KiB; Vireo asks the kernel for transparent huge pages. */
    ORDINARY("", "--no-huge", false),
    /** Reserved hugepages, as DPDK recommends. */
    HUGE(", hugepages", "--in-memory", true);

    private final String suffix;
    private final String ealArgument;
    private final boolean areReserved;

    Pages(String suffix, String ealArgument, boolean areReserved) {
        this.suffix = suffix;
        this.ealArgument = ealArgument;
        this.areReserved = areReserved;
    }

    /** What a scenario's name ends with. */
    String suffix() {
        return suffix;
    }

    /** EAL argument of a C program. */
    public String ealArgument() {
        return ealArgument;
    }

    /** Property of Vireo's data plane. */
    public String setting() {
        return "vireo.hugepages=" + areReserved;
    }

    /** For a report. */
    public String condition() {
        return areReserved
                ? "reserved hugepages of 2 MiB for the packets of every program"
                : "no hugepages are reserved: the packets of DPDK's programs lie in pages of 4 KiB, those of Vireo in transparent"
                        + " huge pages, which it asks the kernel for; with --hugepages all have reserved ones";
    }
}
