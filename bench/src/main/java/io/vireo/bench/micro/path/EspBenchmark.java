package io.vireo.bench.micro.path;

import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.EspReceiver;
import io.vireo.dataplane.encapsulation.esp.EspSender;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A packet encrypted, or encrypted and decrypted, by the engine of an ESP tunnel: header, number, cipher, window and counts, everything in
 * the first cache. What the outer header takes beside it is {@link TunnelBenchmark}'s. A packet can be decrypted once only, so the
 * second case has the first one in it.
 */
@State(Scope.Thread)
public class EspBenchmark {
    private static final int OUTBOUND = 1;
    private static final int INBOUND = 2;
    private static final int SPI = 4711;
    private static final int WINDOW = 1024;
    private static final int IPV4 = 4;

    /** Of the tunnel. */
    @Param({"AES_GCM_128", "AES_GCM_256", "CHACHA20_POLY1305"})
    public EspAlgorithm algorithm = EspAlgorithm.AES_GCM_128;

    /** Of the packet inside. */
    @Param({"46", "1400"})
    public int bytes = 1400;

    private final SecurityAssociationTable table = new SecurityAssociationTable(4);
    private final EspSender sender = new EspSender(true);
    private final EspReceiver receiver = new EspReceiver(table, true);
    private final long esp = Arena.global().allocate(2048, 64).address();
    private long outbound;

    /** One key for both directions, which meet in one packet. */
    @Setup
    public void prepare() {
        define(OUTBOUND, true);
        define(INBOUND, false);
        outbound = table.record(OUTBOUND);
        Memory.fill(esp, 2048, (byte) 0);
        Expect.count("packets decrypted", Disposition.FORWARD, sealAndOpen());
    }

    private void define(int index, boolean isOutbound) {
        SecurityAssociationSpec spec = new SecurityAssociationSpec()
                .of(0, isOutbound, SPI)
                .key(1, 2, 3, 4, 5)
                .lifetime(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
        table.define(index, spec, algorithm, WINDOW, true);
    }

    @Benchmark
    public long seal() {
        sender.seal(outbound, esp, bytes, IPV4);
        return esp;
    }

    @Benchmark
    public int sealAndOpen() {
        sender.seal(outbound, esp, bytes, IPV4);
        return receiver.open(INBOUND, esp, EspHeader.BYTES + bytes + EspHeader.bytesBehind(bytes));
    }
}
