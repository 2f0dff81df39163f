package org.proxyless.search.recurrent.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.latency.Part.Kind;
import org.proxyless.search.recurrent.latency.PartMeasuring.Answer;
import org.proxyless.search.recurrent.latency.PartMeasuring.Request;

/** What a token costs, by parts. */
class PartsTest {
  private static final PartTable TABLE =
      new PartTable(
          "here",
          1,
          50,
          1.5,
          Map.of(
              "call d=8", 1.0,
              "vocabulary d=8 r=2", 2.0,
              "first d=8", 4.0,
              "relu d=8", 8.0,
              "tanh d=8", 16.0,
              "gru d=8", 32.0));

  @TempDir Path folder;

  @Test
  void aTokenCostsTheSumOfItsPartsAndWhatWholesTakeLonger() {
    assertThat(TABLE.predict(new Architecture(Cells.of("relu 0, tanh 1, relu 0"), 8, 2, true)))
        .isEqualTo(1.5 * (1 + 2 + 4 + 8 + 16 + 8));
    assertThat(TABLE.predict(new Architecture(Cells.of("gru"), 8, 2, true)))
        .isEqualTo(1.5 * (1 + 2 + 32));
  }

  @Test
  void whatWasNotMeasuredIsRefused() {
    Architecture wider = new Architecture(Cells.of("relu 0"), 16, 2, true);

    assertThatThrownBy(() -> TABLE.predict(wider))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the latency table has no 'call d=16'. Measure it again, without --table.");
    assertThatThrownBy(() -> TABLE.requireFor(51, List.of()))
        .hasMessageContaining("is of a vocabulary of 50 tokens and the text's has 51");
  }

  @Test
  void aTableIsReadAsItWasWritten() {
    Path file = folder.resolve("latency.yaml");
    TABLE.write(file);

    assertThat(PartTable.read(file)).isEqualTo(TABLE);
  }

  @Test
  void partsFollowFromWhatWasTimed() {
    double call = 1;
    double first = 4;
    double identity = 2;
    double relu = 3;
    Request request =
        new Request(
            List.of(Kind.CALL, Kind.VOCABULARY, Kind.FIRST, Kind.IDENTITY, Kind.RELU),
            List.of(8, 8, 8, 8, 8),
            List.of(0, 0, 0, 0, 0),
            List.of("relu 0, identity 1"),
            50,
            1);
    double sum = call + 0.5 + first + relu + identity;
    Answer answer =
        new Answer(
            List.of(
                call,
                call + 0.5,
                call + first + identity,
                call + first + 8 * identity,
                call + first + 8 * relu),
            List.of(1.1 * sum));

    PartTable table = PartMeasuring.table(request, answer, "here");

    assertThat(table.millis())
        .hasSize(5)
        .hasEntrySatisfying("vocabulary d=8", ms -> assertThat(ms).isEqualTo(0.5))
        .hasEntrySatisfying("first d=8", ms -> assertThat(ms).isCloseTo(first, within(1e-9)))
        .hasEntrySatisfying("relu d=8", ms -> assertThat(ms).isCloseTo(relu, within(1e-9)));
    assertThat(table.correction()).isCloseTo(1.1, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyPartIsACallThatRunsOnItsOwnState(Kind kind) {
    Part part = new Part(kind, 8, kind == Kind.VOCABULARY ? 2 : 0);
    try (TokenCall call =
        TokenCall.of(
            new PartGraph(part, 50, new SplittableRandom(1)).build(),
            PartGraph.TOKEN,
            PartGraph.STATE,
            PartGraph.PROBABILITIES,
            PartGraph.NEXT,
            PartGraph.stateSize(part),
            1)) {
      assertThat(call.blockNanos(0)).isPositive(); // several calls, each with the last one's state
    }
  }

  @Test
  void aSpaceNeedsThePartsOfAllItsModels() {
    RecurrentSpace space =
        new RecurrentSpace(Sharing.BY_NODE, List.of(8, 16), List.of(2), List.of(2, 4));

    assertThat(Part.of(space)).hasSize(2 * (1 + 2 + 1 + 4)).doesNotHaveDuplicates();
    assertThat(Part.of(space)).containsAll(Part.of(space.decode(new int[] {1, 0, 1, 2, 0, 3, 1})));
  }
}
