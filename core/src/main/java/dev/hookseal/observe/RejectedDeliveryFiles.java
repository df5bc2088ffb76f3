package dev.hookseal.observe;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.request.RejectionReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest rejected deliveries in a directory, in the {@linkplain DeliveryFiles form} that
 * {@code hookseal explain} reads. It is for finding a cause, and not to be left on: anyone who can read the directory can
 * replay what Extracta signed.
 *
 * <p>Headers are kept with the body as far as it was read; a note says where it is not whole. The values of
 * {@code Authorization}, {@code Proxy-Authorization} and {@code Cookie} are left out. Requests that are not POST, and
 * those that find too much held by bodies that are still arriving, are not kept. The oldest deliveries are deleted as
 * soon as there are more than a number, or more bytes than a size, and the newest one is always kept. A directory that
 * stops being writable costs no delivery: it is logged once an hour.
 */
public final class RejectedDeliveryFiles implements DeliveryObserver {
    /** The default number of deliveries that are kept. */
    public static final int DEFAULT_MAX_DELIVERIES = 100;

    /** The default number of bytes that are kept: 64 MB. */
    public static final long DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RejectedDeliveryFiles.class);
    private static final Duration WARNING_INTERVAL = Duration.ofHours(1);
    private static final List<String> CREDENTIALS = List.of("authorization", "proxy-authorization", "cookie");
    // nothing to find out about, or too much of it
    private static final Set<RejectionReason> NOT_KEPT =
            Set.of(RejectionReason.METHOD_NOT_ALLOWED, RejectionReason.OVERLOADED);
    private static final Pattern KEPT = Pattern.compile("\\d{4,9}\\.(body|headers)");

    private final Path directory;
    private final int maxDeliveries;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private long bytes;
    private int last;
    private @Nullable Instant warned;

    private record Kept(String name, long bytes) {}

    /**
     * Keeps up to {@value #DEFAULT_MAX_DELIVERIES} deliveries in 64 MB.
     *
     * @throws WebhookConfigurationException if the directory cannot be made or written to
     */
    public RejectedDeliveryFiles(Path directory) {
        this(directory, DEFAULT_MAX_DELIVERIES, DEFAULT_MAX_BYTES);
    }

    /**
     * Keeps deliveries in a directory, which is made if it does not exist. What is kept there from before counts.
     *
     * @param maxDeliveries from 1 to 100,000
     * @param maxBytes of bodies, at least 64 KB; of a single body that is larger, the beginning is kept
     * @throws WebhookConfigurationException if the directory cannot be made or written to, or a number is out of its
     *     bounds
     */
    public RejectedDeliveryFiles(Path directory, int maxDeliveries, long maxBytes) {
        if (maxDeliveries < 1 || maxDeliveries > 100_000) {
            throw new WebhookConfigurationException(
                    "hookseal.rejected.max-deliveries is from 1 to 100000, and it is " + maxDeliveries,
                    "set it to the number of rejected deliveries to keep");
        }
        if (maxBytes < 64 * 1024) {
            throw new WebhookConfigurationException(
                    "hookseal.rejected.max-size is at least 64KB, and it is " + maxBytes + " bytes",
                    "a unit is needed, such as 64MB");
        }
        this.directory = directory;
        this.maxDeliveries = maxDeliveries;
        this.maxBytes = maxBytes;
        try {
            create(directory);
            readKept();
            LOG.warn(
                    "Rejected deliveries are kept in {}, where anyone who can read them can replay what is signed without a time:"
                            + " remove hookseal.rejected.keep when the cause is found",
                    directory);
        } catch (IOException e) {
            throw new WebhookConfigurationException(
                    "hookseal.rejected.keep is " + directory + ", which cannot be made or written to (" + e + ")",
                    "set it to a directory that this process may write to, or remove it");
        }
    }

    private static void create(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(directory);
            }
        }
        Files.delete(Files.createTempFile(directory, "writable", ".tmp"));
    }

    private void readKept() throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (KEPT.matcher(name).matches()) {
                    sizes.merge(name.substring(0, name.indexOf('.')), Files.size(file), Long::sum);
                }
            }
        }
        sizes.entrySet().stream()
                .map(entry -> new Kept(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(kept -> Integer.parseInt(kept.name)))
                .forEach(kept -> {
                    oldestFirst.add(kept);
                    bytes += kept.bytes;
                    last = Integer.parseInt(kept.name);
                });
    }

    @Override
    public void observe(DeliveryOutcome outcome) {}

    @Override
    public void rejected(RejectedDelivery delivery) {
        if (NOT_KEPT.contains(delivery.reason())) {
            return;
        }
        lock.lock();
        try {
            keep(delivery);
        } catch (IOException e) {
            warn(delivery.received(), e);
        } finally {
            lock.unlock();
        }
    }

    private void keep(RejectedDelivery delivery) throws IOException {
        byte[] body = delivery.body();
        boolean whole = delivery.isComplete() && body.length <= maxBytes;
        if (body.length > maxBytes) {
            body = Arrays.copyOf(body, (int) maxBytes);
        }
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(DeliveryFiles.RECEIVED, delivery.received().toString());
        notes.put(DeliveryFiles.PROVIDER, delivery.provider());
        notes.put(DeliveryFiles.ENDPOINT, delivery.endpoint());
        notes.put(DeliveryFiles.REASON, delivery.reason().tag());
        if (!whole) {
            notes.put(DeliveryFiles.BODY_NOTE, DeliveryFiles.INCOMPLETE);
        }
        Map<String, List<String>> headers = withoutCredentials(delivery.headers());
        String name = write(notes, headers, body);
        LOG.info("Kept the rejected delivery as {}", directory.resolve(name + DeliveryFiles.BODY));
        Path headerFile = directory.resolve(name + DeliveryFiles.HEADERS);
        Kept kept = new Kept(name, body.length + Files.size(headerFile));
        oldestFirst.add(kept);
        bytes += kept.bytes;
        while (oldestFirst.size() > maxDeliveries || (bytes > maxBytes && oldestFirst.size() > 1)) {
            Kept oldest = oldestFirst.remove();
            bytes -= oldest.bytes;
            Files.deleteIfExists(directory.resolve(oldest.name + DeliveryFiles.BODY));
            Files.deleteIfExists(directory.resolve(oldest.name + DeliveryFiles.HEADERS));
        }
    }

    // Another process may write to the directory too: it takes a number, and this one the next.
    private String write(Map<String, String> notes, Map<String, List<String>> headers, byte[] body) throws IOException {
        while (true) {
            String name = String.format("%04d", ++last);
            try {
                DeliveryFiles.write(directory, name, notes, headers, body);
                return name;
            } catch (FileAlreadyExistsException e) {
                LOG.debug("{} is there already", name);
            }
        }
    }

    private static Map<String, List<String>> withoutCredentials(Map<String, List<String>> headers) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        headers.forEach((name, values) ->
                kept.put(name, CREDENTIALS.stream().anyMatch(name::equalsIgnoreCase) ? List.of("(left out)") : values));
        return kept;
    }

    private void warn(Instant now, IOException e) {
        Instant before = warned;
        if (before == null || !now.isBefore(before.plus(WARNING_INTERVAL))) {
            warned = now;
            LOG.warn("A rejected delivery could not be kept in {} (hookseal.rejected.keep)", directory, e);
        }
    }
}
