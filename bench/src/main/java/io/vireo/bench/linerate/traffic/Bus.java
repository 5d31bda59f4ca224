package io.vireo.bench.linerate.traffic;

/** Where DPDK finds the ports of a process. */
public enum Bus {
    /** Nowhere: they are virtual devices, named when the process starts or later. */
    VDEV,
    /** On the machine's PCI bus: NICs. */
    PCI
}
