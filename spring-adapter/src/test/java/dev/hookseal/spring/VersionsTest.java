package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.OverHttp;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/** The build runs these tests on several versions; here each run shows that it has not got other ones. */
@OverHttp
class VersionsTest {
    @Autowired
    private ServletContext servlets;

    @Test
    void runsOnTheSpringThatItIsMeantToRunOn() {
        assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("expected.spring.version"));
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot.version"));
    }

    @Test
    void runsOnTheServerThatItIsMeantToRunOn() {
        assertThat(servlets.getServerInfo()).isEqualTo(System.getProperty("expected.server"));
    }
}
