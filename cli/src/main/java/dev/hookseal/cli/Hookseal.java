package dev.hookseal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code hookseal}: sends, signs, verifies, receives and explains deliveries. It is for development and
 * tests.
 */
@Command(
        name = "hookseal",
        description = "Sends, signs, verifies, receives and explains deliveries of webhooks.",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SendCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            ListenCommand.class,
            ReplayCommand.class,
            ExplainCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Where does it go wrong? Receive a delivery, and have it explained:",
            "    hookseal listen --provider formflow --secret-env FF_SECRET \\",
            "        --keep deliveries",
            "    hookseal explain deliveries/0001.body --secret-env FF_SECRET",
            "  Try an endpoint with a genuine event and with a forged one:",
            "    hookseal send http://localhost:8080/webhooks/formflow \\",
            "        --event extracted --secret-env FF_SECRET",
            "    hookseal send http://localhost:8080/webhooks/formflow \\",
            "        --event extracted --secret-env FF_SECRET --forgery tampered-body",
            "",
            "hookseal help COMMAND tells more."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is as it should be",
            "1:It is not: not verified, explain found a cause, or an answer was not the expected one",
            "2:The command line is wrong",
            "3:A file cannot be read or written, or no one answers at the URL",
            "4:explain found no cause",
            "70:A fault in hookseal",
            "130:Ended by Ctrl+C"
        })
public final class Hookseal implements Runnable {
    static final int YES = 0;
    static final int NO = 1;
    static final int USAGE = 2;
    static final int IO = 3;
    static final int NONE_FOUND = 4;
    static final int FAULT = 70;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Hookseal())
                // a secret may begin with it
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::ofCommandLine)
                .setExecutionExceptionHandler(Failures::ofExecution);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What is to be done? Give a command");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Hookseal.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"hookseal " + properties.getProperty("version")};
        }
    }
}
