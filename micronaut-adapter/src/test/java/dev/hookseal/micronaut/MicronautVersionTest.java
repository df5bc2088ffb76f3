package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.version.VersionUtils;
import org.junit.jupiter.api.Test;

/** The build runs these tests on several versions; here each run shows that it has not got another one. */
class MicronautVersionTest {
    @Test
    void runsOnTheMicronautThatItIsMeantToRunOn() {
        assertThat(VersionUtils.getMicronautVersion()).isEqualTo(System.getProperty("expected.micronaut.version"));
    }
}
