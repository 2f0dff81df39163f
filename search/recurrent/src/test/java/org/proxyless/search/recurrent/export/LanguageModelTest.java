package org.proxyless.search.recurrent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.text.TokenWindows;
import org.proxyless.search.recurrent.text.Vocabulary;
import org.proxyless.search.recurrent.train.LanguageTraining;
import org.proxyless.search.recurrent.train.Learning;
import org.proxyless.search.recurrent.train.Learning.Dropouts;

/** What is exported is what was trained, token by token and as a whole. */
class LanguageModelTest {
  private static final String TEXT = "to be or not to be, that is the question\n".repeat(4);
  private static final Vocabulary VOCABULARY = Vocabulary.of(TEXT, TextUnit.CHARACTERS, 100);
  private static final int[] TOKENS = VOCABULARY.encode(TEXT).tokens();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"darts-v2,0", "enas,4", "lstm,0", "gru,4"})
  void stepInALoopIsScoreIsWhatWasTrained(String cell, int rank) throws IOException {
    Architecture architecture = new Architecture(Cells.of(cell), 12, rank, true);
    Learning learning = Learning.of(1, 40, Dropouts.NONE, 1);
    TokenWindows windows = new TokenWindows(TOKENS, 1, 40);
    Path model = folder.resolve("model");
    double trained;
    try (LanguageTraining training =
        new LanguageTraining(architecture, VOCABULARY.size(), learning, new SplittableRandom(5))) {
      for (int step = 0; step < 5; step++) {
        training.train(windows.window(step), 2, step);
      }
      trained = training.loss(windows, 2);
      LanguageModel.write(model, architecture, VOCABULARY, training.weights());
    }

    try (LanguageModel exported = LanguageModel.open(model, 1)) {
      float[] whole = exported.score(TOKENS, TOKENS.length);
      float[] pieces = exported.score(TOKENS, 17);
      float[][] steps = exported.stepByStep(TOKENS);
      double loss = 0;
      for (int t = 0; t < whole.length; t++) {
        assertThat(Math.log(steps[t][TOKENS[t + 1]])).isCloseTo(whole[t], within(1e-4));
        loss -= t < 80 ? whole[t] / 80 : 0;
      }
      assertThat(whole).hasSize(TOKENS.length - 1);
      assertThat(pieces).containsExactly(whole, within(1e-5f));
      assertThat(loss).isCloseTo(trained, within(1e-4));
      assertThat(exported.vocabulary().lines()).isEqualTo(VOCABULARY.lines());
    }
  }

  @Test
  void generationGoesOnWithWhatTheModelHasLearnt() throws IOException {
    Architecture architecture = new Architecture(Cells.of("gru"), 24, 0, true);
    Learning learning = Learning.of(4, 12, Dropouts.NONE, 1);
    String text = "abcdefgh".repeat(100);
    Vocabulary vocabulary = Vocabulary.of(text, TextUnit.CHARACTERS, 100);
    TokenWindows windows = new TokenWindows(vocabulary.encode(text).tokens(), 4, 12);
    Path model = folder.resolve("model");
    try (LanguageTraining training =
        new LanguageTraining(architecture, vocabulary.size(), learning, new SplittableRandom(5))) {
      double first = training.loss(windows, 5);
      for (int step = 0; step < 300; step++) {
        training.train(windows.window(step), 5, step);
      }
      assertThat(training.loss(windows, 5)).isLessThan(first / 10);
      LanguageModel.write(model, architecture, vocabulary, training.weights());
    }

    try (LanguageModel exported = LanguageModel.open(model, 1)) {
      StringBuilder said = new StringBuilder();
      new Generation(exported, 0.2, new SplittableRandom(3)).goOn("abcd", 9, said::append);
      assertThat(said).hasToString("efghabcde");
      assertThatThrownBy(
              () -> new Generation(exported, 1, new SplittableRandom(3)).goOn("", 9, t -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("the text to go on with is empty; give some, like \"To be\".");
    }
  }

  @Test
  void whatIsNoLanguageModelIsRefused() throws IOException {
    Path version = Files.createDirectories(folder.resolve("images/1"));
    Files.write(version.resolve("saved_model.pb"), new byte[0]);

    assertThat(LanguageModel.isOne(folder.resolve("images"))).isFalse();
    assertThat(LanguageModel.isOne(folder)).isFalse();
    assertThatThrownBy(() -> LanguageModel.open(folder.resolve("images"), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no language model: it has no vocabulary.txt.");
  }
}
