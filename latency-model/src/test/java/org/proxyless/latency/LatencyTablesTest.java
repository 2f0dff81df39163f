package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Operator;

class LatencyTablesTest {
  @TempDir Path folder;

  @Provide
  Arbitrary<LatencyTable> tables() {
    return Samples.tables();
  }

  @Property(tries = 200)
  void aTableSurvivesBothFormsUnchanged(@ForAll("tables") LatencyTable table) {
    var message = TableMessages.toMessage(table);
    TableFaults faults = new TableFaults("a table");
    assertThat(TableMessages.toTable(TableFrame.unwrap(TableFrame.wrap(message)), faults))
        .contains(table);
    var json = TableJson.read(TableJson.write(message), faults).orElseThrow();
    assertThat(faults.found()).isEmpty();
    assertThat(TableMessages.toTable(json, faults)).contains(table);
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
    byte[] whole = TableFrame.wrap(TableMessages.toMessage(Samples.linearModel().build()));
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
  void whatOlderReadersWouldMisreadHasANewerVersion() {
    assertThat(version(Samples.table().build())).isEqualTo(1);
    assertThat(version(Samples.table().verification(Samples.VERIFICATION).build())).isEqualTo(1);
    assertThat(version(Samples.linearModel().build())).isEqualTo(2);
    Correction correction = Correction.of(0, Map.of(TableKeys.anyAt(1), 0.5));
    assertThat(version(Samples.table().correction(correction).build())).isEqualTo(2);
  }

  private static int version(LatencyTable table) {
    return TableMessages.toMessage(table).getFormatVersion();
  }

  @Test
  void aTermOfALinearModelMayBeNegativeButNotAbsent() throws IOException {
    Path file = folder.resolve("model.json");
    LatencyTables.write(Samples.linearModel().build(), file);
    String json = Files.readString(file);
    assertThat(json).contains("\"medianMillis\":-1.5", "\"kind\": \"LINEAR_MODEL\"");
    assertJsonRefused(json.replace("\"medianMillis\":-1.5", "\"samples\":3"), "is missing");
    assertJsonRefused(json.replace("-1.5", "\"-Infinity\""), "-Infinity ms");
    assertJsonRefused(json.replace("LINEAR_MODEL", "LOOKUP_TABLE"), "positive and finite");
    assertJsonRefused(json.replace("\"bias\"", "\"call\""), "needs an entry 'bias'");
    assertJsonRefused(json.replace("\"spearman\":0.99", "\"spearman\":1.5"), "spearman is 1.5");
  }

  @Test
  void everyFaultIsNamedWithItsLine() throws IOException {
    String json = json();
    String bad =
        json.replace("\"medianMillis\":0.5", "\"medianMillis\":-0.5")
            .replace("\"medianMillis\":4.0", "\"medianMillis\":\"much\"")
            .replace("\"device\"", "\"gadget\"")
            .replace("\"key\":\"call\"", "\"key\":\"" + key(Samples.STEM) + "\"");
    Path file = Files.writeString(folder.resolve("bad.json"), bad);
    assertThat(LatencyTables.faults(file))
        .hasSize(2)
        .anySatisfy(fault -> assertFault(fault, bad, "gadget", "\"gadget\""))
        .anySatisfy(fault -> assertFault(fault, bad, "much", LARGE_ENTRY));
    String entriesOnly = bad.replace("gadget", "device");
    Files.writeString(file, entriesOnly);
    assertThat(LatencyTables.faults(file))
        .hasSize(3)
        .anySatisfy(fault -> assertFault(fault, entriesOnly, "-0.5 ms", key(Samples.HEAD)))
        .anySatisfy(fault -> assertFault(fault, entriesOnly, "much", LARGE_ENTRY))
        .anySatisfy(fault -> assertThat(fault).contains("bad.json, line ", "twice"));
    assertThat(LatencyTables.faults(folder.resolve("good.json"))).isEmpty();
  }

  private static final String LARGE_ENTRY = key(Samples.LARGE);

  private static String key(Operator operator) {
    return operator.key();
  }

  private static void assertFault(String fault, String content, String reason, String onLine) {
    List<String> lines = content.lines().toList();
    int line = 1;
    while (!lines.get(line - 1).contains(onLine)) {
      line++;
    }
    assertThat(fault).contains(reason, "line " + line + ": ");
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
    assertThat(json()).contains("\"unit\": \"MILLISECONDS\"", "\"medianMillis\":2.0", "\"call\"");
  }

  @Test
  void whatIsWrongInJsonIsNamed() throws IOException {
    String json = json();
    String head = "\"key\":\"" + Samples.HEAD.key();
    assertThat(json).contains(head);
    assertJsonRefused(json.replace("\"medianMillis\":0.5", "\"medianMillis\":-0.5"), "-0.5 ms");
    assertJsonRefused(json.replace("\"medianMillis\":0.5", "\"medianMillis\":\"NaN\""), "NaN ms");
    assertJsonRefused(json.replace("\"medianMillis\":0.5", "\"mean\":0.5"), "Cannot find field");
    assertJsonRefused(json.replace("\"key\":\"call\"", head + "\""), "twice");
    assertJsonRefused(json.replace("MILLISECONDS", "SECONDS"), "SECONDS");
    assertJsonRefused(json.replace("\"formatVersion\": 1", "\"formatVersion\": 4"), "version 4");
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
