package dev.hookseal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.request.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\|");

    @Test
    void saysWhatToDoAboutEveryReason() throws IOException {
        String table = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.joining(", "));

        assertThat(Arrays.stream(RejectionReason.values()).map(RejectionReason::tag))
                .allSatisfy(reason -> assertThat(table).contains("`" + reason + "`"));
    }

    @Test
    void goesFromTheLogToTheCauseInFiveSteps() throws IOException {
        assertThat(Files.readString(PAGE).lines().filter(line -> line.matches("\\d\\. \\*\\*.*")))
                .hasSize(5);
    }
}
