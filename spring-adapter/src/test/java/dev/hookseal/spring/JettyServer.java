package dev.hookseal.spring;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/** Takes the place of Tomcat. By its name, since Boot 4 has it in another package than Boot 3. */
final class JettyServer implements ImportSelector {
    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        String factory = SpringBootVersion.getVersion().startsWith("3.")
                ? "org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory"
                : "org.springframework.boot.jetty.servlet.JettyServletWebServerFactory";
        return new String[] {factory};
    }
}
