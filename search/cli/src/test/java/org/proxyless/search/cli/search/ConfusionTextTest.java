package org.proxyless.search.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.proxyless.search.train.Evaluation;

class ConfusionTextTest {
  @Test
  void fewClassesMakeAMatrix() {
    Evaluation evaluation = new Evaluation(new int[][] {{3, 1, 0}, {0, 12, 0}, {0, 0, 0}});
    assertThat(new ConfusionText(evaluation, List.of("cat", "dog", "newt")).lines())
        .containsExactly(
            "true class, predicted as  correct   0  1  2",
            "0 cat                     75.0 %   3  1  ·",
            "1 dog                    100.0 %   · 12  ·",
            "2 newt                         –   ·  ·  ·");
  }

  @Test
  void manyClassesMakeAListWithTheWorstConfusions() {
    int[][] confusion = new int[30][30];
    IntStream.range(0, 30).forEach(c -> confusion[c][c] = 5);
    confusion[29][3] = 7;
    confusion[4][5] = 2;
    List<String> names = IntStream.range(0, 30).mapToObj(c -> "class" + c).toList();
    assertThat(new ConfusionText(new Evaluation(confusion), names).lines())
        .contains(" 4 class4                 71.4 %")
        .endsWith("most often confused", "7 class29 as class3", "2 class4 as class5");
  }
}
