package dev.hookseal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookProvidersTest {
    @Test
    void findsTheProvidersAndKitsOfTheClassPath() {
        assertThat(WebhookProviders.load())
                .extracting(WebhookProvider::name)
                .contains("extracta", "formflow", "standard-webhooks")
                .doesNotHaveDuplicates();
        assertThat(WebhookProviders.kits())
                .extracting(kit -> kit.provider().name())
                .contains("extracta", "formflow", "standard-webhooks");
        assertThat(WebhookProviders.kit("extracta")).isPresent();
        assertThat(WebhookProviders.kit("unknown")).isEmpty();
    }

    @Test
    void saysWhichFileNamesAClassThatIsNotThere(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(WebhookProvider.class.getName()), "orders.Missing");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader wrong = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(wrong);

            assertThatThrownBy(WebhookProviders::load)
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageContaining("orders.Missing")
                    .hasMessageContaining("META-INF/services/dev.hookseal.provider.WebhookProvider");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
