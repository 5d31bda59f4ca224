package io.vireo.control.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/**
 * Prints a table that control sends, row after row as they come: no more than a block of them is in memory. Ends early when
 * nobody reads what is printed any more. Used by one thread.
 */
final class TablePrinter {
    private static final int ROWS_PER_CHECK = 1_024;

    private final PrintWriter out;
    private final Column[] columns;
    private long rows;

    TablePrinter(PrintWriter out, Column... columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Prints the answer as a table; returns how many rows there were. */
    long print(HttpResponse answer) {
        Table table = new Table(
                out::print, Arrays.stream(columns).map(Column::heading).toArray(String[]::new));
        read(answer, parser -> {
            JsonNode row = parser.readValueAsTree();
            table.row(Arrays.stream(columns)
                    .map(column -> column.cell().apply(row))
                    .toArray());
            table.printFullBlock();
        });
        table.end();
        return rows;
    }

    /** Prints the answer as JSON; returns how many rows there were. */
    long printJson(HttpResponse answer) {
        try (JsonGenerator json = ControlClient.JSON
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.writeStartArray();
            read(answer, json::copyCurrentStructure);
            json.writeEndArray();
        }
        out.println();
        return rows;
    }

    private interface RowReader {
        void read(JsonParser parser);
    }

    private void read(HttpResponse answer, RowReader row) {
        try (JsonParser parser = ControlClient.JSON.createParser(answer.body())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT && !isClosed()) {
                row.read(parser);
                rows++;
            }
        } catch (JacksonException e) {
            throw ControlClient.disconnected(e);
        }
    }

    /** A PrintWriter swallows the error of a pipe that nobody reads any more. */
    private boolean isClosed() {
        return rows % ROWS_PER_CHECK == 0 && out.checkError();
    }
}
