package dev.hookseal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours where the terminal has them; none in a file, in a pipe, or where NO_COLOR is set. */
record Colours(Ansi ansi) {

    static Colours of(CommandLine command) {
        return new Colours(command.getColorScheme().ansi());
    }

    boolean enabled() {
        return ansi.enabled();
    }

    String green(String text) {
        return styled(text, Style.fg_green);
    }

    String red(String text) {
        return styled(text, Style.fg_red);
    }

    // not with markup, which a text from outside could hold
    private String styled(String text, IStyle style) {
        return ansi.enabled() ? style.on() + text + style.off() : text;
    }
}
