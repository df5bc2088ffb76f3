package dev.hookseal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** What a command line came to, in this process. */
record Run(int exitCode, String out, String err) {

    static Run of(String... args) {
        return of(Ansi.OFF, args);
    }

    static Run of(Ansi ansi, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Hookseal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(new ColorScheme.Builder(ansi).build());
        int exitCode = command.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    String all() {
        return out + err;
    }
}
