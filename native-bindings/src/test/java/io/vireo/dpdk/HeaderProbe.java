package io.vireo.dpdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the C compiler what expressions are worth with installed headers: writes a program, compiles and runs it. */
public final class HeaderProbe {
    private static final Path DIRECTORY = Path.of("target", "header-probe");
    private static final String PROLOGUE = """
            #include <stddef.h>
            #include <stdio.h>
            #include <string.h>
            #include "%s"
            #define FACT(expression) printf("%lld\\n", (long long)(expression))
            int main(void) {
            """;

    private HeaderProbe() {}

    /** Gives the value of each expression with DPDK's headers, in the order given. */
    static Map<String, Long> evaluate(List<String> expressions) throws IOException, InterruptedException {
        return evaluate("dpdk.h", expressions);
    }

    /** Gives the value of each expression with this header, in the order given. */
    public static Map<String, Long> evaluate(String header, List<String> expressions)
            throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        Path source = DIRECTORY.resolve("probe.c");
        Path program = DIRECTORY.resolve("probe");
        StringBuilder c = new StringBuilder(PROLOGUE.replace("%s", header));
        expressions.forEach(expression -> c.append("  FACT(").append(expression).append(");\n"));
        Files.writeString(source, c.append("  return 0;\n}\n"));
        run(compile(source, program));
        List<String> values =
                run(List.of(program.toAbsolutePath().toString())).lines().toList();
        Map<String, Long> facts = new LinkedHashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            facts.put(expressions.get(i), Long.valueOf(values.get(i)));
        }
        return facts;
    }

    private static List<String> compile(Path source, Path program) {
        return List.of(
                "gcc",
                "-std=gnu11",
                "-w",
                // DPDK's inline functions need the instructions Debian's package was built for.
                "-march=corei7",
                "-DALLOW_EXPERIMENTAL_API",
                "-I/usr/include/dpdk",
                "-I/usr/include/x86_64-linux-gnu/dpdk",
                "-I" + Path.of("jextract"),
                "-o",
                program.toString(),
                source.toString());
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "this test needs a C compiler and headers: apt-get install gcc libdpdk-dev libipsec-mb-dev", e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + output);
        }
        return output;
    }
}
