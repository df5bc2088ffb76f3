package dev.hookseal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is read; what goes wrong names it. */
final class InputFile {
    private InputFile() {}

    static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder, and a file is needed");
        }
        return Files.readAllBytes(file);
    }

    /** One character for each byte, as headers have it. */
    static String latin1(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.ISO_8859_1);
    }
}
