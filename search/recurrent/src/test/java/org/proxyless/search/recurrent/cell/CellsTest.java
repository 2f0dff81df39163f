package org.proxyless.search.recurrent.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.cell.WiredCell.Output;

/** Cells, the ways to write them, and how many numbers they are. */
class CellsTest {
  private static final RecurrentSpace SPACE =
      new RecurrentSpace(Sharing.BY_NODE, List.of(16, 24), List.of(2, 3), List.of());

  @ParameterizedTest
  @CsvSource({
    "darts-v1,850,true,22960000",
    "darts-v2,850,true,22960000",
    "enas-lm,800,false,20800000"
  })
  void publishedModelsHaveTheirNumberOfParameters(
      String cell, int embedding, boolean bias, long parameters) {
    assertThat(new Architecture(Cells.of(cell), embedding, 0, bias).parameters(10_000))
        .isEqualTo(parameters);
  }

  @Test
  void theCellOfDartsIsTheSameInBothEncodings() {
    assertThat(CellEncoding.ENAS_LM.decode("0 2 1 1 1 1 1 3 2 0 5 2 3 0 5 1"))
        .isEqualTo(Cells.of("darts-v2"));
  }

  @Test
  void theCellOfEnasIsTheSameInBothNumberings() {
    WiredCell inDartsFile =
        WiredCell.parse(
            "tanh 0, tanh 1, relu 1, tanh 3, tanh 3, relu 3, relu 4, relu 7, relu 8, relu 8, relu"
                + " 8; loose");
    WiredCell enas = (WiredCell) Cells.of("enas");

    assertThat(inDartsFile.outputs()).containsExactly(2, 5, 6, 9, 10, 11);
    assertThat(inDartsFile).isNotEqualTo(enas);
    assertThat(inDartsFile.canonical()).isEqualTo(enas.canonical());
  }

  @Test
  void theCanonicalFormTellsCellsApart() {
    assertThat(WiredCell.parse("relu 0, tanh 1, relu 1").canonical())
        .isEqualTo(WiredCell.parse("relu 0, relu 1, tanh 1").canonical())
        .isNotEqualTo(WiredCell.parse("relu 0, relu 1, tanh 2").canonical())
        .isNotEqualTo(WiredCell.parse("relu 0, relu 1, tanh 1; loose").canonical());
  }

  @ParameterizedTest
  @ValueSource(strings = {"darts-v1", "darts-v2", "enas-lm", "enas"})
  void everyCellIsReadAsItWasWritten(String name) {
    WiredCell cell = (WiredCell) Cells.of(name);
    CellEncoding encoding =
        cell.output() == Output.LOOSE ? CellEncoding.ENAS : CellEncoding.ENAS_LM;

    assertThat(WiredCell.parse(cell.text())).isEqualTo(cell);
    assertThat(encoding.decode(encoding.encode(cell))).isEqualTo(cell);
  }

  @Test
  void identityAndSigmoidHaveEachOthersCodeInEnas() {
    assertThat(CellEncoding.ENAS_LM.decode("0 2 1 3").text()).isEqualTo("sigmoid 0, identity 1");
    assertThat(CellEncoding.ENAS.decode("3 0 2 1 3").text())
        .isEqualTo("sigmoid: identity 0, sigmoid 1; loose");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relu 1 | node 1 of a recurrent cell takes state 1; it must be from 0 to 0.",
        "relu 0, elu 1 | activation 'elu' must be one of tanh, relu, sigmoid, identity.",
        "relu | 'relu' is no recurrent cell; write its nodes like 'relu 0, tanh 1, relu 1'."
      })
  void whatIsNoCellIsRefused(String text, String message) {
    assertThatThrownBy(() -> Cells.of(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void aSpaceDecodesItsDecisions() {
    int relu = Activation.RELU.ordinal();
    int tanh = Activation.TANH.ordinal();

    assertThat(SPACE.sizes()).containsExactly(2, 2, 4, 1, 4, 2, 4, 3);
    assertThat(SPACE.ordered())
        .containsExactly(true, true, false, false, false, false, false, false);
    assertThat(SPACE.decode(new int[] {1, 1, relu, 0, tanh, 1, relu, 2}))
        .isEqualTo(new Architecture(WiredCell.parse("relu 0, tanh 1, relu 2"), 24, 0, true));
  }

  @Test
  void nodesThatAreNotThereMeanNothing() {
    int[] some = {0, 0, 1, 0, 2, 1, 3, 2};
    int[] other = {0, 0, 1, 0, 2, 1, 0, 1};

    assertThat(SPACE.decode(some)).isEqualTo(SPACE.decode(other));
    assertThat(SPACE.canonical(some)).isEqualTo(SPACE.canonical(other)).isNotEqualTo(some);
  }

  @Test
  void everyPathOfASpaceIsAModel() {
    RecurrentSpace space =
        new RecurrentSpace(Sharing.BY_CHOICE, List.of(16, 32), List.of(4, 8), List.of(4, 8));
    SplittableRandom random = new SplittableRandom(7);
    for (int draw = 0; draw < 200; draw++) {
      int[] path = Arrays.stream(space.sizes()).map(random::nextInt).toArray();
      Architecture architecture = space.decode(path);

      assertThat(architecture.rank()).isEqualTo(space.ranks().get(path[2]));
      assertThat(((WiredCell) architecture.cell()).nodes()).hasSize(space.nodes().get(path[1]));
    }
  }

  @Test
  void aFactorisedEmbeddingSavesWeights() {
    Cell cell = Cells.of("gru");

    assertThat(new Architecture(cell, 128, 32, true).parameters(10_000))
        .isEqualTo(10_000 * 32 + 32 * 128 + 10_000 + cell.parameters(128));
    assertThatThrownBy(() -> new Architecture(cell, 32, 32, true))
        .hasMessage(
            "the embedding's rank is 32; it must be below its width of 32, or 0 for a whole"
                + " matrix.");
  }
}
