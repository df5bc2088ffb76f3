package dev.hookseal.cli;

import dev.hookseal.internal.LogSafe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said where something cannot be done, and the exit code. */
final class Failures {
    private Failures() {}

    static int ofCommandLine(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        Colours colours = Colours.of(command);
        err.println(colours.red(messageOf(e)));
        if (e instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream()
                    .filter(suggestion -> suggestion.startsWith("-")
                            || command.getSubcommands().containsKey(suggestion))
                    .limit(3)
                    .forEach(suggestion -> err.println("Is it " + suggestion + "?"));
        }
        err.println("See " + command.getCommandSpec().qualifiedName(" ") + " --help");
        return Hookseal.USAGE;
    }

    /** An argument that fits nowhere may be a secret, so that only what looks like an option's name is shown. */
    private static String messageOf(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage());
        }
        List<String> options = new ArrayList<>();
        for (String argument : unmatched.getUnmatched()) {
            if (argument.startsWith("--")) {
                options.add(LogSafe.of(argument.replaceFirst("=.*", "")));
            }
        }
        return options.isEmpty()
                ? "There are more arguments than this command takes, or a word that it does not know"
                : "Unknown: " + String.join(", ", options);
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Colours colours = Colours.of(command);
        if (e instanceof IOException io) {
            err.println(colours.red(messageOf(io)));
            return Hookseal.IO;
        }
        if (e instanceof UncheckedIOException io && io.getCause() != null) {
            err.println(colours.red(messageOf(io.getCause())));
            return Hookseal.IO;
        }
        if (e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
            // what the core and the testkit say of their settings
            err.println(colours.red(ofOptions(String.valueOf(e.getMessage()))));
            return Hookseal.USAGE;
        }
        err.println(colours.red("A fault in hookseal; please report it:"));
        e.printStackTrace(err);
        return Hookseal.FAULT;
    }

    /** What the core says of an endpoint's property holds for the option of that name. */
    static String ofOptions(String message) {
        return message.replaceAll("hookseal\\.endpoints\\.[\\w-]+\\.(?:secrets?\\b(?:\\.\\S+)?)", "--secret")
                .replaceAll("hookseal\\.endpoints\\.[\\w-]+\\.([a-z-]+)", "--set $1");
    }

    /** Why a file or a folder cannot be read or made. */
    static String reasonOf(IOException e) {
        if (e instanceof NoSuchFileException file) {
            return "there is no " + file.getFile();
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is a file, and a folder is needed";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.toString();
    }

    /** Where the exception's own words are no sentence. */
    static String messageOf(IOException e) {
        if (e instanceof NoSuchFileException file) {
            return "There is no file " + file.getFile();
        }
        if (e instanceof NoAnswerException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof AccessDeniedException file) {
            return "Access to " + file.getFile() + " is denied";
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + reasonOf(file);
        }
        return "Could not be read, written or sent: " + (e.getMessage() == null ? e.toString() : e.getMessage());
    }
}
