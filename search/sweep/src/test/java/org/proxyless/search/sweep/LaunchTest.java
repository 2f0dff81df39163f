package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.proxyless.search.sweep.cell.CellCommand;

class LaunchTest {
  private static final Path SCRIPT = Path.of("../cli/src/main/launcher/proxyless");
  private static final Path POM = Path.of("pom.xml");

  @Test
  void aCellHasTheVariablesThatTheLaunchersSetAndEndsWithItsSweep() throws IOException {
    Map<String, String> expected = variables("export (\\w+)=(\\w+)", SCRIPT);
    assertThat(expected).isNotEmpty().isEqualTo(variables("<([A-Z]+_[A-Z_]+)>(\\w+)</", POM));
    expected.put("PROXYLESS_ENDS_WITH_PARENT", "true");
    assertThat(command().environment()).isEqualTo(expected);
  }

  private static Map<String, String> variables(String pattern, Path file) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .forEach(result -> variables.put(result.group(1), result.group(2)));
    return variables;
  }

  @Test
  void theProgramIsThatOfThisProcessWithoutWhatIsForSparkAlone() {
    List<String> words = command().program();
    assertThat(words).contains("-cp", System.getProperty("java.class.path"));
    assertThat(words).endsWith("org.proxyless.search.cli.Main");
    assertThat(words).noneMatch(word -> word.startsWith("--add-opens"));
  }

  private static CellCommand command() {
    Cell cell = new Cell("one", Map.of(), List.of("--seed=1"));
    return Launch.likeThisProcess().of(cell, new SweepFolder(Path.of("sweep")));
  }
}
