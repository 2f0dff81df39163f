package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.CsvTable;

class ResultFilesTest {
  @TempDir Path folder;
  private SweepPlan plan;
  private SweepFolder sweep;

  @BeforeEach
  void aSweepOfWhichSomeIsDone() {
    plan = Sweeps.plan(folder, "{device: [local-cpu], target-ms: [1, 2, 3], seed: [1, 2]}");
    sweep = Sweeps.begun(folder, plan);
    finish(0, 0.50, 1.0);
    finish(1, 0.60, 1.0);
    finish(2, 0.40, 2.0);
    finish(3, 0.42, 2.0);
    finish(4, 0.70, 3.0);
    String last = plan.cells().get(5).id();
    sweep.keep(new CellState(last, CellState.End.FAILED, 3, "b", 1, "it is <bad>, so", null));
  }

  private void finish(int cell, double accuracy, double millis) {
    String id = plan.cells().get(cell).id();
    CellFigures figures = new CellFigures(3, millis, accuracy, 10, 20, null, "export");
    sweep.keep(new CellState(id, CellState.End.FINISHED, 1, "a", 2.5, "", figures));
  }

  @Test
  void theTableHasARowForEachCell() {
    SweepReport.write(results(), sweep);
    CsvTable csv = CsvTable.read(sweep.file("results.csv"));
    assertThat(csv.rows()).hasSize(6);
    assertThat(csv.finite(1, csv.column("test_accuracy"))).isEqualTo(0.6);
    assertThat(csv.rows().get(5).get(csv.column("standing"))).isEqualTo("failed");
    assertThat(csv.rows().get(5).get(csv.column("remark"))).isEqualTo("it is <bad>, so");
  }

  @Test
  void parquetHasTheSameRowsWithTypes() throws Exception {
    SweepReport.write(results(), sweep);
    List<Group> rows = rows(sweep.file("results.parquet"));
    assertThat(rows).hasSize(6);
    assertThat(rows.get(1).getString("target_ms", 0)).isEqualTo("1");
    assertThat(rows.get(1).getDouble("test_accuracy", 0)).isEqualTo(0.6);
    assertThat(rows.get(1).getLong("attempts", 0)).isEqualTo(1);
    assertThat(rows.get(5).getFieldRepetitionCount("test_accuracy")).isZero();
    assertThat(rows.get(5).getString("remark", 0)).isEqualTo("it is <bad>, so");
  }

  private static List<Group> rows(Path file) throws Exception {
    List<Group> rows = new ArrayList<>();
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      PageReadStore pages = reader.readNextRowGroup();
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      for (long row = 0; row < pages.getRowCount(); row++) {
        rows.add(records.read());
      }
    }
    return rows;
  }

  @Test
  void aFrontIsOfMeansOverSeeds() {
    List<DeviceFront> fronts = DeviceFront.of(results());
    assertThat(fronts).hasSize(1);
    assertThat(fronts.get(0).device()).isEqualTo("local-cpu");
    assertThat(fronts.get(0).groups()).hasSize(3);
    assertThat(fronts.get(0).front().stream().map(CellGroup::name))
        .containsExactly("target-ms 1", "target-ms 3");
    assertThat(fronts.get(0).groups().get(0).accuracies().mean()).isEqualTo(0.55);
  }

  @Test
  void thePageShowsFrontsIntervalsAndWhatFailed() throws Exception {
    SweepReport.write(results(), sweep);
    String page = Files.readString(sweep.file("report.html"));
    assertThat(page)
        .contains("6 cells: 5 finished, 1 failed", "local-cpu", "data:image/svg+xml;base64,")
        .contains("<tr class=front><td>target-ms 1<td class=n>55.00<td>")
        .contains("it is &lt;bad&gt;, so")
        .doesNotContain("<bad>");
    assertThat(sweep.file("front-1.png")).exists();
  }

  @Test
  void theStatusCountsAndNamesWhatFailed() {
    assertThat(SweepText.status(results())).first().isEqualTo("6 cells: 5 finished, 1 failed");
    assertThat(String.join("\n", SweepText.status(results()))).contains("it is <bad>, so");
  }

  private SweepResults results() {
    return SweepResults.of(plan, sweep);
  }
}
