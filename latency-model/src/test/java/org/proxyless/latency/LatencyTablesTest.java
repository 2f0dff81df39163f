package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTablesTest {
  @TempDir Path folder;

  @Provide
  Arbitrary<LatencyTable> tables() {
    return Samples.tables();
  }

  @Property(tries = 200)
  void aTableSurvivesBothFormsUnchanged(@ForAll("tables") LatencyTable table) {
    var message = TableMessages.toMessage(table);
    assertThat(TableMessages.toTable(TableFrame.unwrap(TableFrame.wrap(message)))).isEqualTo(table);
    assertThat(TableMessages.toTable(TableMessages.fromJson(TableMessages.toJson(message))))
        .isEqualTo(table);
  }

  @Property(tries = 200)
  void aTruncatedFileIsRefused(@ForAll("tables") LatencyTable table, @ForAll double share) {
    byte[] whole = TableFrame.wrap(TableMessages.toMessage(table));
    int length = (int) (Math.abs(share % 1) * whole.length);
    assertThatThrownBy(() -> TableFrame.unwrap(Arrays.copyOf(whole, length)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Property(tries = 200)
  void aFlippedBitIsRefused(
      @ForAll("tables") LatencyTable table,
      @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int place,
      @ForAll @IntRange(max = 7) int bit) {
    byte[] bytes = TableFrame.wrap(TableMessages.toMessage(table));
    bytes[place % bytes.length] ^= (byte) (1 << bit);
    assertThatThrownBy(() -> TableFrame.unwrap(bytes)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void everySingleFlippedBitAndEveryTruncationOfOneFileIsRefused() {
    byte[] whole = TableFrame.wrap(TableMessages.toMessage(Samples.table().build()));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> TableFrame.unwrap(bytes)).isInstanceOf(InvalidInputException.class);
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] bytes = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TableFrame.unwrap(bytes)).isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> TableFrame.unwrap(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.table", "a.json", "not/yet/there/a.table"})
  void aFileReadsBackAsTheTableThatWasWritten(String name) {
    LatencyTable table = Samples.table().build();
    LatencyTables.write(table, folder.resolve(name));
    assertThat(LatencyTables.read(folder.resolve(name))).isEqualTo(table);
  }

  @Test
  void writingLeavesNothingBesideTheFile() throws IOException {
    Path file = folder.resolve("a.table");
    LatencyTables.write(Samples.table().build(), file);
    LatencyTables.write(Samples.table().put("more", LatencyEntry.ofMillis(1)).build(), file);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(LatencyTables.read(file).entries()).containsKey("more");
  }

  @Test
  void equalTablesHaveEqualHashesAndOthersDoNot() {
    String hash = LatencyTables.hash(Samples.table().build());
    assertThat(hash).hasSize(64).isEqualTo(LatencyTables.hash(Samples.table().build()));
    LatencyTable other = Samples.table().put("more", LatencyEntry.ofMillis(1)).build();
    assertThat(LatencyTables.hash(other)).isNotEqualTo(hash);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(folder.resolve("none.table"), "none.table", "cannot be read");
  }

  @Test
  void anotherKindOfFileIsNotTakenForATable() throws IOException {
    Path file = Files.writeString(folder.resolve("a.table"), "{}");
    assertRefused(file, "a.table", "not a latency table");
  }

  @Test
  void jsonIsReadable() throws IOException {
    assertThat(json()).contains("\"unit\": \"MILLISECONDS\"", "\"medianMillis\": 2.0", "\"call\"");
  }

  @Test
  void whatIsWrongInJsonIsNamed() throws IOException {
    String json = json();
    String head = "\"key\": \"" + Samples.HEAD.key().replace(">", "\\u003e");
    assertThat(json).contains(head);
    assertJsonRefused(json.replace("\"medianMillis\": 0.5", "\"medianMillis\": -0.5"), "-0.5 ms");
    assertJsonRefused(json.replace("\"medianMillis\": 0.5", "\"medianMillis\": \"NaN\""), "NaN ms");
    assertJsonRefused(json.replace("\"medianMillis\": 0.5", "\"mean\": 0.5"), "Cannot find field");
    assertJsonRefused(json.replace("\"key\": \"call\"", head + "\""), "twice");
    assertJsonRefused(json.replace("MILLISECONDS", "SECONDS"), "SECONDS");
    assertJsonRefused(json.replace("\"formatVersion\": 1", "\"formatVersion\": 2"), "version 2");
    assertJsonRefused(json.substring(0, json.length() / 2), "not a table in JSON");
    assertJsonRefused("{}", "version 0");
  }

  private String json() throws IOException {
    Path file = folder.resolve("good.json");
    LatencyTables.write(Samples.table().build(), file);
    return Files.readString(file);
  }

  private void assertJsonRefused(String content, String reason) throws IOException {
    assertRefused(Files.writeString(folder.resolve("bad.json"), content), "bad.json", reason);
  }

  private static void assertRefused(Path file, String name, String reason) {
    assertThatThrownBy(() -> LatencyTables.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
