package org.proxyless.base;

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

  @Test
  void aRowThatIsNotFinishedIsLeftOutUnlessTheTableIsGivenWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\r\n\n1,\"x\ny\"\n2,z");
    CsvTable written = CsvTable.read(file);
    assertThat(written.rows()).containsExactly(List.of("1", "x\ny"));
    assertThat(written.lines()).containsExactly(3);
    CsvTable given = CsvTable.readGiven(file);
    assertThat(given.rows()).containsExactly(List.of("1", "x\ny"), List.of("2", "z"));
    assertThat(given.lines()).containsExactly(3, 5);
    assertThat(given.finite(1, 0)).isEqualTo(2);
    assertThatThrownBy(() -> given.finite(1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 5: b is 'z'; it must be a number");
  }
}
