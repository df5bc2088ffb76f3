package orders;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A pom as it is in the local repository, which is the one that Maven reads. */
record Pom(String artifactId, Element project) {
    private static final Path REPOSITORY = Path.of(System.getProperty("local.repository"));

    record Dependency(String groupId, String artifactId, String version, String scope) {}

    static Pom ofRepository(String groupId, String artifactId, String version) {
        Path folder =
                REPOSITORY.resolve(groupId.replace('.', File.separatorChar)).resolve(artifactId);
        Path file = folder.resolve(version).resolve(artifactId + "-" + version + ".pom");
        try {
            return new Pom(
                    artifactId,
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile())
                            .getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    static boolean isInRepository(String groupId, String artifactId) {
        return Files.isDirectory(
                REPOSITORY.resolve(groupId.replace('.', File.separatorChar)).resolve(artifactId));
    }

    boolean has(String element) {
        return children(project, element).findAny().isPresent();
    }

    boolean hasProperty(String name) {
        return properties(name).findAny().isPresent();
    }

    String property(String name) {
        return properties(name)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name))
                .getTextContent();
    }

    List<Dependency> dependencies() {
        return dependencies(project);
    }

    List<Dependency> managed() {
        return children(project, "dependencyManagement")
                .flatMap(management -> dependencies(management).stream())
                .toList();
    }

    private Stream<Element> properties(String name) {
        return children(project, "properties").flatMap(properties -> children(properties, name));
    }

    private static List<Dependency> dependencies(Element parent) {
        return children(parent, "dependencies")
                .flatMap(dependencies -> children(dependencies, "dependency"))
                .map(dependency -> new Dependency(
                        text(dependency, "groupId"),
                        text(dependency, "artifactId"),
                        text(dependency, "version"),
                        text(dependency, "scope")))
                .toList();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).findFirst().map(Element::getTextContent).orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> child.getNodeName().equals(name));
    }
}
