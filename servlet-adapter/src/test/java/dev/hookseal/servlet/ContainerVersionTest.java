package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The build runs these tests on several containers; here each run shows that it has not got another one. */
class ContainerVersionTest {
    @AutoClose
    private final Server server = new Server();

    @Test
    void runsOnTheContainerThatItIsMeantToRunOn() {
        assertThat(server.nameAndVersion()).isEqualTo(System.getProperty("expected.container"));
    }
}
