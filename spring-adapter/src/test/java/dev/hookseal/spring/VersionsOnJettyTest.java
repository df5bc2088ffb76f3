package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Of Jetty too: which version of it is Boot's choice. */
@OnJetty
class VersionsOnJettyTest {
    @Autowired
    private ServletContext servlets;

    @Test
    void runsOnJetty() {
        assertThat(servlets.getServerInfo()).startsWith("jetty/12.");
    }
}
