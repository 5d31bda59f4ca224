package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CryptoPerfTest {
    @Test
    void shouldReadTheOperationsOfTheLineOfFigures() throws IOException {
        String said = """
                EAL: Detected CPU lcores: 2
                #lcore id,Buffer Size(B),Burst Size,Enqueued,Dequeued,Failed Enq,Failed Deq,Ops(Millions),Throughput(Gbps),Cycles/Buf

                1,1400,32,300000,300000,0,0,5.460,61.151,476.195
                """;

        assertThat(CryptoPerf.megaOperations(said)).isEqualTo(5.460);
    }

    @Test
    void shouldSayWhatItSaidWhereThereAreNoFigures() {
        assertThatThrownBy(() -> CryptoPerf.megaOperations("no device"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no device");
    }
}
