package dev.hookseal.examples.providers;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.github.GitHubEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class GitHubWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(GitHubWebhooks.class);

    @WebhookEndpoint("github")
    @PostMapping("/webhooks/github")
    void received(GitHubEvent event) {
        JsonData repository = event.repository();
        if (repository != null) {
            LOG.info("GitHub: {} in {}", event.action(), repository.asMap().get("full_name"));
        }
    }
}
