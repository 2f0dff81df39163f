package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LaunchersTest {
  @Test
  void mavenAndTheStartScriptSetTheSameVariables() throws IOException {
    String script = Files.readString(Path.of("src/main/launcher/proxyless"));
    String pom = Files.readString(Path.of("../pom.xml"));
    assertThat(matches("export (TF_\\w+)=(\\w+)", script))
        .isNotEmpty()
        .containsExactlyElementsOf(matches("<(TF_\\w+)>(\\w+)</", pom));
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(result -> result.group(1) + "=" + result.group(2))
        .toList();
  }
}
