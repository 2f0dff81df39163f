package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.SearchArguments;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

class SweepPlanTest {
  @TempDir Path folder;

  @Test
  void everyCombinationIsACellAndTheLastAxisChangesQuickest() {
    SweepPlan plan = plan("{strategy: [random, gradient], seed: [1, 2, 3]}");
    assertThat(plan.axes()).containsExactly("strategy", "seed");
    assertThat(plan.cells().stream().map(cell -> cell.place().values().toString()))
        .containsExactly(
            "[random, 1]",
            "[random, 2]",
            "[random, 3]",
            "[gradient, 1]",
            "[gradient, 2]",
            "[gradient, 3]");
    assertThat(plan.cells().stream().map(Cell::id)).doesNotHaveDuplicates();
  }

  @Test
  void aCellIsASearchThatMeasuresNothing() {
    Cell cell = plan("{strategy: [evolution], seed: [7]}").cells().get(0);
    SearchSettings settings = SearchArguments.settings(cell.arguments());
    assertThat(settings.strategy()).isEqualTo(StrategyKind.of("evolution"));
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.threads()).isEqualTo(CellNeeds.DEFAULT_CPUS);
    assertThat(settings.table()).isEqualTo(folder.resolve("phone.table"));
    assertThat(settings.proof()).isFalse();
    assertThat(settings.checkTable()).isFalse();
  }

  @Test
  void aValueOfAnAxisMayBeSeveralOptions() {
    SweepPlan plan =
        plan("{device: [{device: local-cpu, target-ms: 2}, {device: local-cpu-2threads}]}");
    assertThat(plan.cells().stream().map(Cell::place))
        .containsExactly(Map.of("device", "local-cpu"), Map.of("device", "local-cpu-2threads"));
    assertThat(SearchArguments.settings(plan.cells().get(0).arguments()).targetMillis())
        .isEqualTo(2);
    assertThat(SearchArguments.settings(plan.cells().get(1).arguments()).targetMillis()).isNull();
  }

  @Test
  void aCellKeepsItsNameWhereTheGridGrowsAndGetsAnotherWithOtherSettings() {
    List<Cell> few = plan("{seed: [1, 2]}").cells();
    List<Cell> more = plan("{seed: [0, 1, 2]}").cells();
    assertThat(more.stream().map(Cell::id)).containsAll(few.stream().map(Cell::id).toList());
    assertThat(plan("{seed: [{seed: 1, batch-size: 16}]}").cells().get(0).id())
        .isNotEqualTo(few.get(0).id());
  }

  @Test
  void theTableThatShipsWithADeviceIsTableEnough() {
    Path file =
        Sweeps.write(
            folder.resolve("sweep.yaml"),
            "search: {device: pixel1, space: proxyless-mobile}\ngrid: {seed: [1]}\n");
    assertThat(SweepPlan.of(SweepFile.read(file), folder).cells()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{sede: [1]}|cell {sede=1}: Unknown option: '--sede=1'. Maybe you meant --seed",
        "{strategy: [magic]}|'magic' must be one of",
        "{epochs: [0]}|cell {epochs=0}: --epochs is 0; it must be at least 1.",
        "{epochs: [2]}|option 'epochs' is given by axis 'epochs' and once more",
        "{target-ms: ['2,3']}|make them an axis of the grid",
        "{out: [here]}|the sweep gives option 'out', which it decides for each cell",
        "{seed: []}|axis 'seed' of the grid has no values",
        "{seed: [1, 1]}|axis 'seed' of the grid has '1' twice",
        "{seed: [[1]]}|option 'seed' is [1]; it must be a text, a number, true or false.",
        "{api-token: [x]}|secrets are in no file of a sweep",
        "{also-device: [local-cpu-2threads=2]}|has no 'also-table'; cells measure nothing",
      })
  void aMistakeInTheGridIsNamedBeforeAnythingIsRun(String grid, String message) {
    String search = grid.startsWith("{epochs: [0]") ? "{}" : "{epochs: 3}";
    Sweeps.table(folder.resolve("phone.table"));
    String common =
        "space: %s, table: phone.table, allow-foreign-table: true".formatted(Sweeps.space());
    Path file =
        Sweeps.write(
            folder.resolve("sweep.yaml"),
            "search: {%s%s}\ngrid: %s\n"
                .formatted(common, search.equals("{}") ? "" : ", epochs: 3", grid));
    assertThatThrownBy(() -> SweepPlan.of(SweepFile.read(file), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTableIsNeededSinceCellsMeasureNothing() {
    Path file = Sweeps.write(folder.resolve("sweep.yaml"), "grid: {seed: [1, 2]}\n");
    assertThatThrownBy(() -> SweepPlan.of(SweepFile.read(file), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("device local-cpu has no 'table'; cells measure nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gird: {seed: [1]}|unknown key 'gird'; the keys are cell, grid, search.",
        "cell: {cpus: 0}|cell: cpus is 0; it must be from 1 to 1024.",
        "cell: {memory-mib: 3}|cell: memory-mib is 3; it must be at least 512.",
        "cell: {memory: 3}|unknown key 'memory'",
      })
  void aMistakeInTheFileIsNamed(String text, String message) {
    Path file = Sweeps.write(folder.resolve("sweep.yaml"), text + "\n");
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private SweepPlan plan(String grid) {
    return Sweeps.plan(folder, grid);
  }
}
