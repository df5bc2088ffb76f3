package dev.hookseal.cli;

import dev.hookseal.observe.DeliveryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of kept deliveries, numbered on from those that are there. */
final class DeliveryRecorder {
    private final Path folder;
    private final String provider;
    private int last;

    DeliveryRecorder(Path folder, String provider) throws IOException {
        this.folder = folder;
        this.provider = provider;
        try (Stream<Path> files = Files.list(folder)) {
            this.last = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d{4,8}\\.(body|headers)"))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        }
    }

    Path folder() {
        return folder;
    }

    synchronized Path keep(Instant received, Map<String, List<String>> headers, byte[] body) throws IOException {
        last++;
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(DeliveryFiles.RECEIVED, received.toString());
        notes.put(DeliveryFiles.PROVIDER, provider);
        return DeliveryFiles.write(folder, String.format("%04d", last), notes, headers, body);
    }
}
