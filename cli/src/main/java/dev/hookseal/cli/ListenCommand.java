package dev.hookseal.cli;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = {
            "Receives deliveries at any path, says of each whether it is verified, and keeps them.",
            "It answers as an application does that handles every event. It ends with Ctrl+C, or after --count."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "    hookseal listen --provider formflow --secret-env FF_SECRET",
            "  With a tunnel in front of it, and deliveries kept for later:",
            "    hookseal listen --provider extracta --secret-env EX_SECRET \\",
            "        --port 9000 --keep deliveries",
            "  In a script: wait for one delivery, for which 0 means that it was verified:",
            "    hookseal listen --provider formflow --secret-env FF_SECRET --count 1"
        },
        exitCodeListHeading = "%nExit codes, after --count:%n",
        exitCodeList = {
            "0:All were verified",
            "1:One was not",
            "2:Wrong arguments",
            "3:The port is taken, or the folder cannot be made",
            "130:Ended by Ctrl+C"
        })
final class ListenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "PROVIDER",
            converter = KitConverter.class,
            completionCandidates = KitConverter.class,
            description = "${COMPLETION-CANDIDATES}.")
    private @Nullable ProviderKit provider;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen at; ${DEFAULT-VALUE}, which only this machine reaches.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port; ${DEFAULT-VALUE}. With 0 a free one is taken.")
    private int port = 8080;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Keeps each delivery there, as 0001.body and 0001.headers and so on, for verify, explain and"
                    + " replay. The headers hold signatures, and maybe more that is worth hiding.")
    private @Nullable Path folder;

    @Option(
            names = "--answer",
            paramLabel = "STATUS",
            defaultValue = "200",
            description = "What a verified delivery is answered; ${DEFAULT-VALUE}. With 500 the provider redelivers.")
    private int answer = 200;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many deliveries.")
    private @Nullable Integer count;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(port >= 0 && port <= 65535, "--port is from 0 to 65535; it is " + port);
        check(answer >= 200 && answer <= 599, "--answer is a status from 200 to 599; it is " + answer);
        check(count == null || count > 0, "--count is 1 or more");
        CountDownLatch left = new CountDownLatch(count == null ? Integer.MAX_VALUE : count);
        PrintWriter out = spec.commandLine().getOut();
        DeliveryLog deliveryLog = new DeliveryLog(out, Colours.of(spec.commandLine()), left);
        WebhookProvider<?> webhooks = Objects.requireNonNull(provider).provider();
        EndpointSettings endpoint = endpoint(webhooks);
        // a setting that is missing is told now, and not by the first delivery
        WebhookVerifier.of(webhooks, endpoint);
        SignatureExplainer explainer = settings.givenTo(secrets.givenTo(SignatureExplainer.of(webhooks.name())));
        LocalReceiver receiver = new LocalReceiver(
                webhooks, endpoint, explainer, folder == null ? null : recorder(folder, webhooks), answer, deliveryLog);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        HttpServer server = open();
        try {
            server.setExecutor(threads);
            server.createContext("/", receiver);
            server.start();
            String at = host.contains(":") ? "[" + host + "]" : host;
            out.println("Listening at http://" + at + ":" + server.getAddress().getPort()
                    + (count == null ? ", until Ctrl+C" : ", until there were " + count));
            out.flush();
            left.await();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
        return deliveryLog.allVerified() ? Hookseal.YES : Hookseal.NO;
    }

    private EndpointSettings endpoint(WebhookProvider<?> webhooks) throws IOException {
        EndpointSettings.Builder endpoint =
                EndpointSettings.builder(webhooks.name()).secrets(secrets.source());
        settings.applyTo(endpoint, webhooks);
        return endpoint.build();
    }

    private static DeliveryRecorder recorder(Path folder, WebhookProvider<?> webhooks) throws IOException {
        try {
            return new DeliveryRecorder(Files.createDirectories(folder), webhooks.name());
        } catch (IOException e) {
            throw new FileSystemException(
                    folder.toString(), null, "the folder of --keep cannot be made: " + Failures.reasonOf(e));
        }
    }

    private HttpServer open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        check(!address.isUnresolved(), "There is no such --host: " + LogSafe.of(host));
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IOException("port " + port + " at " + host + " is taken, or is not one of this machine's", e);
        }
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
