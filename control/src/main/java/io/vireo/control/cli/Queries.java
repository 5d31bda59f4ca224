package io.vireo.control.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds a path with a query; parameters without a value are left out. */
public final class Queries {
    private final StringBuilder path;
    private char separator = '?';

    /** Of a path without a query. */
    public Queries(String path) {
        this.path = new StringBuilder(path);
    }

    /** With a parameter; left out when it has no value. */
    public Queries with(String name, @Nullable Object value) {
        if (value != null) {
            path.append(separator)
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return this;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
