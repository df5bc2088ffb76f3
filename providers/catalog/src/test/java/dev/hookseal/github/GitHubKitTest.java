package dev.hookseal.github;

import dev.hookseal.KitRules;
import java.util.Set;

class GitHubKitTest extends KitRules {
    GitHubKitTest() {
        super(new GitHubKit(), Set.of());
    }
}
