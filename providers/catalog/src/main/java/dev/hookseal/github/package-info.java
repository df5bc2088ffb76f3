/** GitHub: {@link dev.hookseal.github.GitHubProvider} says how it signs. */
@NullMarked
package dev.hookseal.github;

import org.jspecify.annotations.NullMarked;
