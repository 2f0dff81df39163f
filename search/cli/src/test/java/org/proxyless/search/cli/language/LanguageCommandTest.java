package org.proxyless.search.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.search.cli.InProcess;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.text.Vocabulary;
import org.proxyless.search.recurrent.train.LanguageTraining;
import org.proxyless.search.recurrent.train.Learning;
import org.proxyless.search.recurrent.train.Learning.Dropouts;

/** Language models from the command line. */
class LanguageCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... words) {
    return InProcess.run(out, err, List.of(words));
  }

  /** A model of "abc" that has learnt nothing yet, in the place where a run exports it. */
  private Path run() throws IOException {
    Vocabulary vocabulary = Vocabulary.of("abc", TextUnit.CHARACTERS, 10);
    Architecture architecture = new Architecture(Cells.of("tanh 0"), 4, 0, true);
    try (LanguageTraining model =
        new LanguageTraining(
            architecture,
            vocabulary.size(),
            Learning.of(1, 2, Dropouts.NONE, 1),
            new SplittableRandom(1))) {
      LanguageModel.write(
          folder.resolve("export/language-model"), architecture, vocabulary, model.weights());
    }
    return folder.resolve("export");
  }

  @Test
  void cellsAreListedWithTheirPublishedSizes() {
    assertThat(run("language", "cells")).isZero();
    assertThat(out.toString())
        .contains("darts-v2    22,960,000 parameters  sigmoid 0, relu 1, relu 1")
        .contains("lstm");
  }

  @Test
  void aTextIsGoneOnWith() throws IOException {
    Path export = run();

    assertThat(run("generate", export.toString(), "ab", "--length", "20")).isZero();
    assertThat(out.toString()).matches("ab[abc]{20}\\R");
    String first = out.toString();
    out.getBuffer().setLength(0);
    run("generate", export.toString(), "ab", "--length", "20");
    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void aModelIsEvaluatedOnAText() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "abcabcab?");
    Path json = folder.resolve("figures.json");

    assertThat(
            run("evaluate", run().toString(), "--text", text.toString(), "--json", json.toString()))
        .isZero();
    assertThat(out.toString())
        .contains("2.000 bits per character on 9 characters, of which 11.11 % are unknown");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("unknown").intValue()).isOne();
    assertThat(figures.get("perplexity").doubleValue()).isBetween(3.99, 4.01);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "language | language what? One of search, train, cells, measure.",
        "language search | --target-ms is missing; give the milliseconds that a token may take",
        "language search --target-ms 1 --strategy gradient | --strategy is gradient; cells are"
            + " searched",
        "language search --target-ms 1 --nodes 8,4 | numbers of nodes are [8, 4]; they must be"
            + " above 0",
        "language search --target-ms 1 --text nowhere | --text is nowhere; there is no such file",
        "language search --target-ms 1 --space rnn | --space is rnn; it must be darts-rnn or"
            + " enas-rnn.",
        "language search --target-ms 1 --device pixel1 | --device is pixel1; language models are",
        "language search --target-ms 1 --unit bytes | the unit of a text is 'bytes'",
        "language search --target-ms 1 --batch-size 9000 | too short for 9000 streams",
        "language search --resume . | is no such run directory: it has no language.yaml.",
        "language train | --cell is missing; name one, such as lstm",
        "language train --cell elu | 'elu' is no recurrent cell",
        "language train --cell gru --rank 128 | the embedding's rank is 128; it must be below",
        "language measure --cell gru --embedding 0 | the embedding's width is 0",
        "generate . hello | holds no exported language model"
      })
  void mistakesAreOneLineThatSaysWhatToDo(String words, String message) {
    String[] line =
        Stream.of(words.split(" "))
            .map(w -> w.equals(".") ? folder.toString() : w)
            .toArray(String[]::new);

    assertThat(run(line)).isEqualTo(ProgramOptions.USERS_MISTAKE);
    assertThat(err.toString().lines().filter(text -> text.startsWith("error: ")))
        .singleElement()
        .asString()
        .contains(message);
  }
}
