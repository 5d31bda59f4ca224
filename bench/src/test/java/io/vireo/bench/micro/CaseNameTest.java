package io.vireo.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaseNameTest {
    @Test
    void shouldSayClassAndMethodInWords() {
        assertThat(CaseName.of("StageBenchmark", "countReceived")).isEqualTo("micro stage/count received");
        assertThat(CaseName.of("Ipv4FibBenchmark", "lookupBatch")).isEqualTo("micro ipv4 fib/lookup batch");
    }

    @Test
    void shouldSayWhatANumberCounts() {
        assertThat(CaseName.parameter("frameBytes", "1514")).isEqualTo("1,514 frame bytes");
        assertThat(CaseName.parameter("load", "1,000 routers")).isEqualTo("1,000 routers");
    }
}
