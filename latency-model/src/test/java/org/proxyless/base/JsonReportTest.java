package org.proxyless.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
  @TempDir Path folder;

  @Test
  void keysStandInTheOrderInWhichTheyWerePut() throws IOException {
    Path file = folder.resolve("figures.json");
    new JsonReport()
        .put("targetMillis", 2.5)
        .put("measuredMillis", null)
        .put("interval95Millis", new double[] {1, 2})
        .put("macs", 12L)
        .write(file);
    assertThat(Files.readString(file).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"targetMillis\":2.5,\"measuredMillis\":null,\"interval95Millis\":[1.0,2.0],"
                + "\"macs\":12}");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aFigureThatIsNoNumberIsRefusedWithItsPlace() {
    JsonReport report = new JsonReport().put("a", Map.of("b", List.of(1.0, Double.NaN)));
    assertThatThrownBy(report::toString)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/a/b/1");
    JsonReport infinite = new JsonReport().put("c", Float.POSITIVE_INFINITY);
    assertThatThrownBy(infinite::toString).hasMessageContaining("/c");
  }

  @Test
  void aKeyIsPutOnce() {
    JsonReport report = new JsonReport().put("a", 1);
    assertThatThrownBy(() -> report.put("a", 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileThatCouldNotBeWrittenIsRefusedBeforehand() {
    JsonReport.check(null);
    JsonReport.check(folder.resolve("new.json"));
    assertThatThrownBy(() -> JsonReport.check(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a folder");
    assertThatThrownBy(() -> JsonReport.check(folder.resolve("no/figures.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("folder must be there");
  }
}
