package dev.hookseal.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.diagnostics.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What docs/cli.md and the help show is what the parser takes. */
class PageTest {
    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static List<String> commandsOfThePage() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("hookseal "))
                .toList();
    }

    static List<CommandLine> commands() {
        CommandLine hookseal = Hookseal.commandLine();
        return Stream.concat(Stream.of(hookseal), hookseal.getSubcommands().values().stream())
                // not those that picocli brings
                .filter(command -> command.getCommandSpec()
                        .userObject()
                        .getClass()
                        .getName()
                        .startsWith("dev.hookseal."))
                .toList();
    }

    static List<String> examplesOfTheHelp() {
        return commands().stream()
                .map(command -> String.join(
                        "\n", command.getCommandSpec().usageMessage().footer()))
                .flatMap(footer -> footer.replace("\\\n", " ").lines())
                .map(String::strip)
                .filter(line -> line.startsWith("hookseal ") && !line.startsWith("hookseal help"))
                .map(line -> line.replaceFirst(" \\| .*", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource({"commandsOfThePage", "examplesOfTheHelp"})
    void isTaken(String line) {
        List<String> words = words(line);

        ParseResult parsed =
                Hookseal.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));

        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(words.get(1));
    }

    @Test
    void showsEveryOption() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> options = new TreeSet<>();
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    options.add(option.longestName().equals("--header") ? "-H" : option.longestName());
                }
            }
        }

        assertThat(options)
                .contains("--forgery", "--keep", "-H")
                .allSatisfy(option -> assertThat(page).containsPattern("[ `]" + option + "[ `]"));
    }

    @Test
    void showsEveryCause() throws IOException {
        Matcher table = Pattern.compile("(?m)^\\| (`.*`) \\|").matcher(Files.readString(PAGE));
        List<String> shown = new ArrayList<>();
        while (table.find()) {
            shown.addAll(Arrays.asList(table.group(1).replace("`", "").split(", ")));
        }

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Cause.general().stream().map(Cause::label),
                                // of the kit of Extracta
                                Stream.of(
                                        "prefix-left-in", "prefix-removed-twice", "whole-body-signed", "result-alone"))
                        .toList());
    }

    @Test
    void quotesAnExplanationWordForWord() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("newline-added: " + Cause.NEWLINE_ADDED.happened() + "\nFix: " + Cause.NEWLINE_ADDED.fix());
    }

    @Test
    void expectsWhatAHandlerMayAnswer() throws Exception {
        List<String> examples = commandsOfThePage().stream()
                .filter(line -> line.contains(" --expect "))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(line -> {
            // a handler that returns nothing, and Hookseal for the repeat
            try (Endpoint endpoint = Endpoint.answering(number -> number == 1 ? 204 : 200)) {
                String[] args = words(line.replaceFirst("http://\\S+", endpoint.url())
                                .replace("FF_SECRET", "HOOKSEAL_TEST_SECRET"))
                        .stream()
                        .skip(1)
                        .toArray(String[]::new);

                assertThat(Run.of(args).exitCode()).isZero();
            }
        });
    }

    @Test
    void showsEveryExitCode() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (CommandLine command : commands()) {
            codes.addAll(command.getCommandSpec().usageMessage().exitCodeList().keySet());
        }

        assertThat(codes)
                .contains("4", "130")
                .allSatisfy(code -> assertThat(Files.readString(PAGE)).containsPattern("(?m)^\\| " + code + " \\| "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void teachesWithExamplesThatFitATerminal(CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help).contains("Examples:", "Exit codes");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        // a line that was too long would go on without the indentation
        assertThat(Stream.of(command.getCommandSpec().usageMessage().footer())
                        .collect(joining("\n"))
                        .lines())
                .allMatch(line -> line.length() < 80);
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
