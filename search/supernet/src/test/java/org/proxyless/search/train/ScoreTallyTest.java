package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.PathScore;

class ScoreTallyTest {
  private static final int CLASSES = 4;

  /** Most images are of class 0, none is of class 3. */
  @Test
  void theScoreIsThatOfAllImagesTogetherAndNotTheMeanOfTheBatches() {
    SplittableRandom random = new SplittableRandom(4);
    int[][] confusion = new int[CLASSES][CLASSES];
    RecalibratedScoring.Tally accuracy = new RecalibratedScoring.Tally();
    RecalibratedScoring.Tally balanced =
        new RecalibratedScoring.Tally(
            Optional.of(new ScoreTally(CLASSES, Evaluation::balancedAccuracy)));
    RecalibratedScoring.Tally f1 =
        new RecalibratedScoring.Tally(Optional.of(new ScoreTally(CLASSES, Evaluation::macroF1)));
    for (int size : new int[] {8, 8, 5}) {
      float[] logits = new float[size * CLASSES];
      int[] labels = new int[size];
      for (int i = 0; i < size; i++) {
        labels[i] = random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(2);
        int best = 0;
        for (int c = 0; c < CLASSES; c++) {
          logits[i * CLASSES + c] = (float) random.nextDouble(-1, 1) + (c == labels[i] ? 1 : 0);
          best = logits[i * CLASSES + c] > logits[i * CLASSES + best] ? c : best;
        }
        confusion[labels[i]][best]++;
      }
      accuracy.add(logits, labels);
      balanced.add(logits, labels);
      f1.add(logits, labels);
    }
    Evaluation all = new Evaluation(confusion);
    assertThat(accuracy.score().accuracy()).isEqualTo(all.accuracy());
    assertThat(balanced.score().accuracy()).isEqualTo(all.balancedAccuracy());
    assertThat(f1.score().accuracy()).isEqualTo(all.macroF1());
    assertThat(all.balancedAccuracy()).isNotEqualTo(all.accuracy()).isNotEqualTo(all.macroF1());
    assertThat(f1.score().loss()).isCloseTo(accuracy.score().loss(), within(1e-9));
  }

  @Test
  void whatCannotBeScoredCountsNothing() {
    ScoreTally tally = new ScoreTally(2, evaluation -> Double.NaN);
    tally.add(1.5, new int[] {0, 1}, new int[] {1, 1});
    assertThat(tally.score()).isEqualTo(new PathScore(1.5, 0));
  }
}
