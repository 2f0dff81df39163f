package org.proxyless.search.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir Path folder;

  @Test
  void valuesKeepTheirPrecisionAndTextIsQuotedWhereItMustBe() throws IOException {
    Path file = folder.resolve("a.csv");
    try (CsvFile csv = CsvFile.create(file, List.of("step", "value", "text"))) {
      csv.append(1, 0.1 + 0.2, "a, \"b\"");
      csv.append(2, null, "c");
    }
    assertThat(Files.readString(file))
        .isEqualTo("step,value,text\n1,0.30000000000000004,\"a, \"\"b\"\"\"\n2,,c\n");
  }

  @Test
  void aRowHasAsManyValuesAsTheHeader() {
    try (CsvFile csv = CsvFile.create(folder.resolve("a.csv"), List.of("step", "value"))) {
      assertThatThrownBy(() -> csv.append(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 columns, not 1");
    }
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() {
    CsvFile.create(folder.resolve("a.csv"), List.of("step")).close();
    assertThatThrownBy(() -> CsvFile.create(folder.resolve("a.csv"), List.of("step")))
        .isInstanceOf(UncheckedIOException.class);
  }
}
