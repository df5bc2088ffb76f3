package dev.hookseal.build;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A block of Java on a page: the imports that it needs, a blank line, and an excerpt from a source file. */
final class JavaSnippet {
    private static final Set<String> KEYWORDS = Set.of(
            "assert",
            "case",
            "catch",
            "do",
            "else",
            "for",
            "if",
            "new",
            "return",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "try",
            "while",
            "yield");

    private static final Pattern LITERAL = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?[\\w.]+;");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:])[A-Za-z_]\\w*");
    private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern DECLARED_TYPE = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.:@>])([a-z]\\w*)\\s*\\(");
    private static final Pattern DECLARED_METHOD = Pattern.compile("(\\w+|(?<!-)>|])\\s+([a-z]\\w*)\\(");

    private final List<String> imports;
    private final String excerpt;

    private JavaSnippet(List<String> imports, String excerpt) {
        this.imports = imports;
        this.excerpt = excerpt;
    }

    static JavaSnippet of(String block) {
        List<String> lines = block.lines().map(String::strip).toList();
        int start = 0;
        while (start < lines.size()
                && (lines.get(start).isEmpty()
                        || IMPORT.matcher(lines.get(start)).matches())) {
            start++;
        }
        List<String> imports =
                lines.subList(0, start).stream().filter(line -> !line.isEmpty()).toList();
        return new JavaSnippet(imports, String.join("\n", lines.subList(start, lines.size())));
    }

    /** Whether a source has the excerpt, apart from its indentation. */
    boolean isIn(JavaSource source) {
        return source.text().contains("\n" + excerpt + "\n");
    }

    /** What a reader who copies the block has to find out; a source is one that has the excerpt. */
    List<String> problems(JavaSource source) {
        String code = LITERAL.matcher(excerpt).replaceAll("\"\"");
        Set<String> names =
                NAME.matcher(code).results().map(name -> name.group()).collect(toCollection(LinkedHashSet::new));
        Set<String> calls = calls(code);
        Set<String> known = imports.stream().map(JavaSnippet::simpleName).collect(toCollection(HashSet::new));
        DECLARED_TYPE.matcher(code).results().map(type -> type.group(1)).forEach(known::add);

        List<String> problems = new ArrayList<>();
        imports.stream()
                .filter(line -> !source.imports().contains(line) && !source.isNeighbour(line))
                .forEach(line -> problems.add(line + " is not an import of the source"));
        imports.stream()
                .filter(line -> !isUsed(line, names, calls))
                .forEach(line -> problems.add(line + " is not used"));
        source.imports().stream()
                .filter(line -> isUsed(line, names, calls) && !known.contains(simpleName(line)))
                .forEach(line -> {
                    problems.add(line + " is missing");
                    known.add(simpleName(line));
                });
        names.stream()
                .filter(name -> TYPE.matcher(name).matches() && !known.contains(name) && !isInJavaLang(name))
                .forEach(name -> problems.add(name + " is neither imported nor declared"));
        calls.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(name + "(...) is neither imported nor declared"));
        return problems;
    }

    private static boolean isUsed(String line, Set<String> names, Set<String> calls) {
        String name = simpleName(line);
        boolean method = line.startsWith("import static ") && Character.isLowerCase(name.charAt(0));
        return method ? calls.contains(name) : names.contains(name);
    }

    /** Methods that are called without an object or a class, and that the code does not declare. */
    private static Set<String> calls(String code) {
        Set<String> declared = DECLARED_METHOD
                .matcher(code)
                .results()
                .filter(method -> !KEYWORDS.contains(method.group(1)))
                .map(method -> method.group(2))
                .collect(toSet());
        return CALL.matcher(code)
                .results()
                .map(call -> call.group(1))
                .filter(name -> !KEYWORDS.contains(name) && !declared.contains(name))
                .collect(toCollection(LinkedHashSet::new));
    }

    private static String simpleName(String line) {
        return line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
    }

    private static boolean isInJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return excerpt;
    }
}
