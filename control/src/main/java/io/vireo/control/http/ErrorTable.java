package io.vireo.control.http;

import io.vireo.control.model.InvalidConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which problem document answers which exception. What is in no table is a failure of the server's own, and logged. Immutable. */
public final class ErrorTable {
    private static final System.Logger LOGGER = System.getLogger(ErrorTable.class.getName());

    private final Map<Class<? extends Exception>, Function<Exception, ApiException>> problems;
    private final @Nullable Class<? extends Exception> nobodyWaits;

    private ErrorTable(Builder builder) {
        problems = new LinkedHashMap<>(builder.problems);
        nobodyWaits = builder.nobodyWaits;
    }

    /** A table to be filled, in which requests that are wrong themselves and documents that are not valid are already. */
    public static Builder builder() {
        return new Builder()
                .on(ApiException.class, problem -> problem)
                .on(
                        InvalidConfigurationException.class,
                        invalid -> ApiException.invalidConfiguration(invalid.problems()));
    }

    /** Fills a table. */
    public static final class Builder {
        private final Map<Class<? extends Exception>, Function<Exception, ApiException>> problems =
                new LinkedHashMap<>();
        private @Nullable Class<? extends Exception> nobodyWaits;

        private Builder() {}

        /** An exception of this class is answered by what is made of it. */
        public <E extends Exception> Builder on(Class<E> type, Function<E, ApiException> problem) {
            problems.put(type, e -> problem.apply(type.cast(e)));
            return this;
        }

        /** An exception of this class is answered by what is made of its text. */
        public Builder onText(Class<? extends Exception> type, Function<String, ApiException> problem) {
            problems.put(type, e -> problem.apply(text(e)));
            return this;
        }

        /** An exception of this class says that the client has gone: nothing is answered, and the connection is closed. */
        public Builder onNobody(Class<? extends Exception> type) {
            nobodyWaits = type;
            return this;
        }

        public ErrorTable build() {
            return new ErrorTable(this);
        }
    }

    ApiException problemOf(Exception e) {
        for (var entry : problems.entrySet()) {
            if (entry.getKey().isInstance(e)) {
                return entry.getValue().apply(e);
            }
        }
        LOGGER.log(System.Logger.Level.ERROR, "a request failed", e);
        return ApiException.internal(text(e));
    }

    boolean isForNobody(Exception e) {
        return nobodyWaits != null && nobodyWaits.isInstance(e);
    }

    private static String text(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
