package dev.hookseal.build;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A source file that a page shows a part of.
 *
 * @param text without indentation
 * @param packageName its package
 * @param imports as lines
 * @param published the qualified names of all public types that users have, from any module
 */
record JavaSource(String text, String packageName, List<String> imports, Set<String> published) {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]+;$");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:[a-z-]+ )*(?:class|interface|@interface|enum|record) (\\w+)");

    static JavaSource of(String code, Set<String> published) {
        return new JavaSource(
                "\n" + code.lines().map(String::strip).collect(joining("\n")) + "\n",
                packageOf(code),
                IMPORT.matcher(code).results().map(MatchResult::group).toList(),
                published);
    }

    static List<JavaSource> all(List<Path> files) throws IOException {
        Set<String> published = new HashSet<>();
        for (Path file : files) {
            String code = Files.readString(file);
            if (file.toString().contains("src/main/java")) {
                PUBLIC_TYPE
                        .matcher(code)
                        .results()
                        .forEach(type -> published.add(packageOf(code) + "." + type.group(1)));
            }
        }
        List<JavaSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(of(Files.readString(file), published));
        }
        return sources;
    }

    private static String packageOf(String code) {
        return PACKAGE.matcher(code).results().map(found -> found.group(1)).collect(joining());
    }

    /** Whether the line imports what this source needs no import for, since it is in its own package. */
    boolean isNeighbour(String line) {
        String name = line.substring("import ".length(), line.length() - 1);
        return published.contains(name)
                && name.substring(0, name.lastIndexOf('.')).equals(packageName);
    }
}
