package org.proxyless.search.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.search.job.revisit.Examination;
import org.proxyless.search.train.Predictions;

class ExaminationTextTest {
  @Test
  void everyClassHasItsFiguresAndTheSurestMistakesFollow() {
    Predictions predictions =
        new Predictions(
            3,
            new int[] {0, 0, 1, 1},
            new int[] {0, 1, 1, 0},
            new float[] {0.9f, 0.6f, 0.5f, 0.8f});
    Examination examination =
        new Examination(
            predictions.evaluation(),
            predictions.calibration(15),
            predictions.mistakes(1),
            List.of("cat", "dog", "owl"));
    assertThat(new ExaminationText(examination).lines())
        .contains(
            "accuracy  50.00 % on the 4 images of the test split",
            "balanced  50.00 % mean recall of the classes, macro F1 50.00 %",
            "class  images  precision    recall        F1",
            "cat         2     50.0 %    50.0 %    50.0 %",
            "owl         0          –         –         –",
            " 80.0 %  dog taken for cat, image 3, mistake-01.png")
        .anyMatch(line -> line.endsWith("over 15 bins of equal width"));
  }
}
