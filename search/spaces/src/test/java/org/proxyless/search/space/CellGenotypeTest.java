package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;

class CellGenotypeTest {
  private static final String DARTS_V2 =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
          + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3,"
          + " 4, 5])";
  private static final String ENAS =
      "0 2 0 0 0 4 0 1 0 4 1 1 1 0 0 1 0 2 1 1 1 0 1 0 0 3 0 2 1 1 3 1 1 0 0 4 0 3 1 1";

  @Test
  void whatDartsWritesIsReadAndWrittenAsItWas() {
    CellGenotype read = CellGenotype.readDarts(DARTS_V2);
    assertThat(read).isEqualTo(PublishedNetworks.read("darts-v2-cifar").cells().orElseThrow());
    assertThat(read.darts()).isEqualTo(DARTS_V2);
    String ranged = DARTS_V2.replace("[2, 3, 4, 5]", "range(2, 6)");
    assertThat(CellGenotype.readDarts(ranged)).isEqualTo(read);
    assertThat(PublishedNetwork.read(DARTS_V2).network().parameters()).isEqualTo(3_349_342);
  }

  @Test
  void whatEnasWritesIsReadAndWrittenAsItWas() {
    CellGenotype read = CellGenotype.readEnas(ENAS);
    assertThat(read).isEqualTo(PublishedNetworks.read("enas-micro").cells().orElseThrow());
    assertThat(read.enas()).isEqualTo(ENAS);
    assertThat(PublishedNetwork.read(ENAS).network().parameters()).isEqualTo(3_894_372);
  }

  @Test
  void everyPublishedCellIsReadFromWhatIsWritten() {
    for (String name : PublishedNetworks.names()) {
      PublishedNetworks.read(name)
          .cells()
          .ifPresent(cells -> assertThat(CellGenotype.readDarts(cells.darts())).isEqualTo(cells));
    }
  }

  @Test
  void cellsThatEnasDoesNotHaveAreNotWrittenInItsForm() {
    CellGenotype darts = PublishedNetworks.read("darts-v2-cifar").cells().orElseThrow();
    assertThatThrownBy(darts::enas)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("dil3 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Genotype(normal=[]);is no genotype of DARTS",
        "Genotype(normal=[('sep_conv_4x4', 0), ('skip_connect', 1)], normal_concat=[2],"
            + " reduce=[], reduce_concat=[2]);'sep_conv_4x4'",
        "Genotype(normal=[('skip_connect', 0)], normal_concat=[2], reduce=[], reduce_concat=[2])"
            + ";two edges each",
        "Genotype(normal=[('skip_connect', 2), ('skip_connect', 1)], normal_concat=[1, 2],"
            + " reduce=[], reduce_concat=[2]);takes state 2, which is not before it",
        "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1)], normal_concat=[2, 7],"
            + " reduce=[], reduce_concat=[2]);has an output [2, 7]",
        "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1)], normal_concat=all,"
            + " reduce=[], reduce_concat=[2]);has an output 'all'",
      })
  void whatDartsWouldNotWriteIsRefusedWithWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> CellGenotype.readDarts(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 1 2;four a node",
        "0 9 0 0 0 0 0 0;has an operator 9",
        "3 0 0 0 0 0 0 0;takes state 3",
        "0 0 1 0 0 0 1 0;has an output [2]",
      })
  void whatEnasWouldNotWriteIsRefusedWithWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> CellGenotype.readEnas(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
