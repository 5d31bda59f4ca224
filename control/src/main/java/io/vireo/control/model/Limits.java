package io.vireo.control.model;

import io.vireo.dataplane.wire.value.LabelSpec;

/** The ranges and defaults of configured values. The data plane's header may set the identities' limits lower. */
public final class Limits {
    /** Names of interfaces are names of Linux devices (IFNAMSIZ without the terminating zero). */
    public static final int MAX_INTERFACE_NAME_LENGTH = 15;

    /** Names of nodes, ports, VPNs, routers and links; they end up in names of files and namespaces. */
    public static final int MAX_NAME_LENGTH = 32;

    public static final int MAX_PORTS = 64;
    public static final int DEFAULT_MAX_ROUTERS = 16_384;
    public static final int DEFAULT_MAX_INTERFACES = 65_536;
    public static final int DEFAULT_MAX_CLASSES = 131_072;

    /** Quotas of VPNs with buffers of their own, that of all others not counted. */
    public static final int MAX_QUOTAS = 4_095;

    /** VPN 0 is the substrate, so a customer's VPN-ID begins at 1. */
    public static final long MIN_VPN_ID = 1;

    public static final long MAX_VPN_ID = 0xFFFF_FFFFL;

    public static final int MIN_VLAN = 1;

    /** IEEE 802.1Q-2018 table 9-2: 4095 is reserved. */
    public static final int MAX_VLAN = 4_094;

    /** Priority code points, IEEE 802.1Q-2018 §6.9.3. */
    public static final int MAX_VLAN_PRIORITY = 7;

    /** Below it a type field is a length, IEEE 802.3-2018 §3.2.6. */
    public static final int MIN_ETHER_TYPE = 0x600;

    /** Three octets of a virtual link's header. */
    public static final int MAX_VIRTUAL_LINK_ID = 0xFF_FFFF;

    /** RFC 791 §3.2: what every internet module must be able to forward, in bytes. */
    public static final int MIN_MTU = 68;

    /** RFC 8200 §5: the smallest MTU of a link that carries IPv6, in bytes. */
    public static final int MIN_IPV6_MTU = 1_280;

    public static final int MAX_MTU = 9_216;
    public static final int DEFAULT_MTU = 1_500;

    /** Of the outer packets of a tunnel; as Linux sends its own. */
    public static final int DEFAULT_HOP_LIMIT = 64;

    public static final int MAX_HOP_LIMIT = 255;

    /** Tunnels within each other: the data plane drops what would be wrapped once more (RFC 2473 §4.1.1). */
    public static final int MAX_NESTED_TUNNELS = 4;

    /** Between two keepalives of a tunnel. */
    public static final long MIN_KEEPALIVE_INTERVAL_NS = 100_000_000L;

    public static final long MAX_KEEPALIVE_INTERVAL_NS = 60_000_000_000L;

    /** Keepalives in a row without an answer after which a tunnel is down. */
    public static final int MAX_KEEPALIVE_MISSES = 10;

    /** RFC 2890 §2.1: four octets. */
    public static final long MAX_TUNNEL_KEY = 0xFFFF_FFFFL;

    /** RFC 7348 §4: 24 bits. */
    public static final int MAX_VNI = 0xFF_FFFF;

    /** IANA's port of VXLAN (RFC 7348 §8). */
    public static final int VXLAN_PORT = 4_789;

    /** IANA's port of ESP in UDP (RFC 3948 §2.1). */
    public static final int ESP_PORT = 4_500;

    /** Seconds after which IKE replaces a key of ESP: fewer, and little else would be done. */
    public static final int MIN_REKEY_SECONDS = 5;

    public static final int MAX_REKEY_SECONDS = 24 * 60 * 60;
    public static final int DEFAULT_REKEY_SECONDS = 60 * 60;

    /** Seconds without a word after which IKE asks the far end whether it is there. */
    public static final int MAX_DEAD_PEER_SECONDS = 3_600;

    public static final int DEFAULT_DEAD_PEER_SECONDS = 30;

    /** IANA's port of MPLS in UDP (RFC 7510 §7). */
    public static final int MPLS_UDP_PORT = 6_635;

    public static final int MAX_UDP_PORT = 65_535;

    /** RFC 3032 §2.1: the labels below are reserved, and there are 20 bits. */
    public static final int MIN_LABEL = 16;

    public static final int MAX_LABEL = 0xF_FFFF;

    /** Labels that one may be replaced by: as many as the data plane has room for. */
    public static final int MAX_OUT_LABELS = LabelSpec.MAX_OUT;

    /** Numbers of an ESP tunnel's replay window. */
    public static final int MIN_REPLAY_WINDOW = 64;

    public static final int DEFAULT_REPLAY_WINDOW = 1024;
    public static final int MAX_REPLAY_WINDOW = 4096;

    public static final int MAX_RX_QUEUES = 16;
    public static final int DEFAULT_RX_QUEUES = 1;

    public static final int MIN_DESCRIPTORS = 64;
    public static final int MAX_DESCRIPTORS = 8_192;
    public static final int DEFAULT_DESCRIPTORS = 1_024;

    public static final int DEFAULT_PUNT_PACKETS_PER_SECOND = 10_000;
    public static final int DEFAULT_PUNT_BURST_PACKETS = 1_000;
    public static final int MAX_PUNT_PACKETS = 10_000_000;

    /** Preamble, start of frame, FCS and gap of Ethernet (IEEE 802.3 §3.1.1, §4.4.2): 7 + 1 + 4 + 12 bytes. */
    public static final int DEFAULT_OVERHEAD_BYTES = 24;

    public static final int MAX_OVERHEAD_BYTES = 256;

    public static final int DEFAULT_QUEUE_PACKETS = 1_000;
    public static final int MAX_QUEUE_PACKETS = 1_000_000;
    public static final int DEFAULT_QUEUE_BYTES = 16 << 20;
    public static final int MAX_QUEUE_BYTES = 1 << 30;

    /** More than the buffers of any node. */
    public static final long MAX_BUFFER_BYTES = 1L << 40;

    /** The largest packet a service curve can be made of. */
    public static final int MAX_CURVE_PACKET_BYTES = 65_535;

    public static final int MAX_DSCP = 63;

    /** Next hops of one route. */
    public static final int MAX_NEXT_HOPS = 128;

    public static final long MAX_HASH_SEED = 0xffff_ffffL;

    /** Of an emulated wire's chance. */
    public static final long MAX_EMULATION_SEED = 0xffff_ffffL;

    /** Longest mean delay of an emulated wire. */
    public static final long MAX_EMULATED_DELAY_NS = 60_000_000_000L;

    /** Widest jitter of an emulated wire, and longest wait for its rate. */
    public static final long MAX_EMULATED_JITTER_NS = 10_000_000_000L;

    /** Packets on an emulated wire at once. */
    public static final int MAX_HELD_PACKETS = 1_000_000;

    /** Of a configuration document: more than 16,384 routers with four interfaces each need. */
    public static final int MAX_DOCUMENT_CHARACTERS = 16 << 20;

    /** Mappings, lists and single values of a document, together. */
    public static final int MAX_DOCUMENT_VALUES = 1_000_000;

    /** Mappings and lists within each other; the language needs ten. */
    public static final int MAX_DOCUMENT_DEPTH = 32;

    /** Of one value; arguments of a virtual device with paths are the longest. */
    public static final int MAX_VALUE_CHARACTERS = 4_096;

    public static final int MAX_FIELD_NAME_CHARACTERS = 256;

    /** Who asks for a configuration to be checked gets that many problems at most, and the number of all. */
    public static final int MAX_LISTED_PROBLEMS = 50;

    /** How long a document may take to read and check; one of the largest takes ten seconds on a busy machine. */
    public static final long MAX_READING_NS = 30_000_000_000L;

    public static final int MAX_OSPF_COST = 65_535;

    /** RFC 2328 appendix C.3: suggested for a local network. */
    public static final int DEFAULT_HELLO_SECONDS = 10;

    /** RFC 2328 appendix C.3: some multiple of the hello interval; its examples have 4. */
    public static final int HELLOS_UNTIL_DEAD = 4;

    public static final int MAX_DEAD_SECONDS = 65_535;

    /** FRR's own: it takes none that is shorter. */
    public static final int MIN_RIP_TIMER_SECONDS = 5;

    public static final int MAX_RIP_TIMER_SECONDS = 24 * 60 * 60;

    /** RFC 7300: the last is kept free. */
    public static final long MAX_ASN = 0xffff_fffeL;

    public static final int MAX_DAEMON_ARGUMENTS = 64;

    /** Of {@code cpu.weight}, Linux's cgroup-v2.rst. */
    public static final int MAX_DAEMON_CPU_WEIGHT = 10_000;

    /** Of one core: 64 of them. */
    public static final int MAX_DAEMON_CPU_PERCENT = 6_400;

    /** Below it FRR does not start. */
    public static final int MIN_DAEMON_MEGABYTES = 64;

    public static final int MAX_DAEMON_MEGABYTES = 1 << 20;

    private Limits() {}
}
