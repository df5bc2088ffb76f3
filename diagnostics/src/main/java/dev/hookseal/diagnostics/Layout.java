package dev.hookseal.diagnostics;

import java.util.List;

/** How JSON writers put white space between the tokens. */
enum Layout {
    COMPACT("without white space", ":", ",", "", false),
    /** Python's json.dumps, and PostgreSQL's jsonb. */
    SPACED("with a space after each colon and comma", ": ", ", ", "", false),
    /** Swift and others. */
    SPACED_COLON("with a space after each colon", ": ", ",", "", false),
    TWO_SPACES("indented by two spaces", ": ", ",", "  ", false),
    FOUR_SPACES("indented by four spaces", ": ", ",", "    ", false),
    TAB("indented by tabs", ": ", ",", "\t", false),
    /** Jackson's DefaultPrettyPrinter. */
    JACKSON("as Jackson's pretty printer writes it", " : ", ",", "  ", true);

    private final String description;
    private final String colon;
    private final String comma;
    private final String indent;
    private final boolean arraysInLine;

    Layout(String description, String colon, String comma, String indent, boolean arraysInLine) {
        this.description = description;
        this.colon = colon;
        this.comma = comma;
        this.indent = indent;
        this.arraysInLine = arraysInLine;
    }

    String description() {
        return description;
    }

    String write(Json json) {
        StringBuilder out = new StringBuilder();
        write(json, 0, out);
        return out.toString();
    }

    private void write(Json json, int depth, StringBuilder out) {
        if (json instanceof Json.Scalar scalar) {
            out.append(scalar.written());
        } else if (json instanceof Json.Members members) {
            if (members.values().isEmpty()) {
                out.append(arraysInLine ? "{ }" : "{}");
                return;
            }
            out.append('{');
            for (int i = 0; i < members.values().size(); i++) {
                out.append(i == 0 ? "" : comma);
                newLine(depth + 1, out);
                out.append(members.names().get(i)).append(colon);
                write(members.values().get(i), depth + 1, out);
            }
            newLine(depth, out);
            out.append('}');
        } else if (json instanceof Json.Elements elements) {
            write(elements.values(), depth, out);
        }
    }

    private void write(List<Json> elements, int depth, StringBuilder out) {
        if (elements.isEmpty()) {
            out.append(arraysInLine ? "[ ]" : "[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : comma);
            if (arraysInLine) {
                out.append(' ');
            } else {
                newLine(depth + 1, out);
            }
            write(elements.get(i), arraysInLine ? depth : depth + 1, out);
        }
        if (arraysInLine) {
            out.append(' ');
        } else {
            newLine(depth, out);
        }
        out.append(']');
    }

    private void newLine(int depth, StringBuilder out) {
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
    }
}
