package io.vireo.bench.micro;

import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The names of cases in reports: {@code micro stage/count received, 1,000 routers} for {@code StageBenchmark.countReceived}. */
final class CaseName {
    private static final String SUFFIX = "Benchmark";

    private CaseName() {}

    static String of(BenchmarkParams params) {
        String[] names = params.getBenchmark().split("\\.", -1);
        StringJoiner name = new StringJoiner(", ");
        name.add(of(names[names.length - 2], names[names.length - 1]));
        for (String key : params.getParamsKeys()) {
            name.add(parameter(key, params.getParam(key)));
        }
        return name.toString();
    }

    static String of(String type, String method) {
        return "micro " + words(type.replaceFirst(SUFFIX + "$", "")) + "/" + words(method);
    }

    /** A bare number needs the name of what it counts. */
    static String parameter(String key, String value) {
        return value.chars().allMatch(Character::isDigit)
                ? String.format(Locale.ROOT, "%,d %s", Long.parseLong(value), words(key))
                : value;
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
