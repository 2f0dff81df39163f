package org.proxyless.search.recurrent.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.text.TokenWindows.Window;

/** From files to windows of tokens. */
class TextTest {
  private static final int ALL = 1 << 20;

  @TempDir Path folder;

  @Test
  void theTextThatShipsIsWholeAndCutAtLines() {
    TextParts parts = TextParts.of(TextParts.TINY_SHAKESPEARE);
    Corpus corpus = Corpus.of(parts, TextUnit.CHARACTERS, ALL);

    assertThat(parts.train()).startsWith("First Citizen:\n").endsWith("\n");
    assertThat(parts.train().length() + parts.valid().length() + parts.test().length())
        .isEqualTo(1_115_394);
    assertThat(corpus.vocabulary().size()).isEqualTo(66);
    assertThat(corpus.test().unknown()).isZero();
    assertThat(corpus.description()).contains("a vocabulary of 66; unknown 0.00");
  }

  @Test
  void whatIsDecodedIsWhatWasEncoded() {
    String characters = "Er sagt: «𝄞»\n\tund \\n geht.\n";
    String words = "the cat\nsat down\n";

    assertThat(roundTrip(characters, TextUnit.CHARACTERS)).isEqualTo(characters);
    assertThat(roundTrip(words, TextUnit.WORDS)).isEqualTo(words);
  }

  private static String roundTrip(String text, TextUnit unit) {
    Vocabulary vocabulary = Vocabulary.of(text, unit, ALL);
    Vocabulary read = Vocabulary.ofLines(vocabulary.lines());
    return read.decode(vocabulary.encode(text).tokens());
  }

  @Test
  void aVocabularyKeepsTheMostFrequentAndCountsTheRest() {
    Vocabulary vocabulary = Vocabulary.of("a b b c c c d", TextUnit.WORDS, 4);

    assertThat(vocabulary.lines()).containsExactly("words", "<unk>", "c", "b", "a");
    assertThat(vocabulary.encode("c d a").unknown()).isEqualTo(2); // d, and the line's end
  }

  @Test
  void theUnknownWordsOfPennTreebankAreTheUnknownToken() {
    Vocabulary vocabulary = Vocabulary.of(" the <unk> N \n", TextUnit.WORDS, ALL);

    assertThat(vocabulary.lines()).containsExactly("words", "<unk>", "the", "N", "<eos>");
  }

  @Test
  void aFolderInPennTreebanksLayoutIsRead() throws IOException {
    Files.writeString(folder.resolve("ptb.train.txt"), " we learn \n");
    Files.writeString(folder.resolve("ptb.valid.txt"), " we decide \n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("ptb.test.txt.gz")))) {
      out.write(" we test \n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(TextParts.of(folder.toString()))
        .isEqualTo(new TextParts(" we learn \n", " we decide \n", " we test \n"));
  }

  @Test
  void pennTreebankItselfHasItsNumbersOfWords() {
    String data = System.getProperty("proxyless.referenceData", "");
    assumeTrue(!data.isBlank(), "no reference data");
    String valid = TextParts.read(Path.of(data, "text", "ptb.valid.txt.gz"));
    String test = TextParts.read(Path.of(data, "text", "ptb.test.txt.gz"));

    // 70,390 and 78,669 words, and the ends of 3,370 and 3,761 lines (Mikolov et al., 2010); these
    // files have one empty line more.
    assertThat(Vocabulary.of(valid, TextUnit.WORDS, ALL).encode(valid).tokens()).hasSize(73_761);
    assertThat(Vocabulary.of(test, TextUnit.WORDS, ALL).encode(test).tokens()).hasSize(82_431);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path latin = Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xe4, '\n'});

    assertThatThrownBy(() -> TextParts.of(latin.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("text " + latin + " is no UTF-8. Convert it, with iconv for example.");
    assertThatThrownBy(() -> TextParts.of(folder.toString()))
        .hasMessageContaining("has no train.txt, nor ptb.train.txt");
    assertThatThrownBy(() -> TextParts.of("nowhere"))
        .hasMessageContaining("--text is nowhere; there is no such file or folder.");
    assertThatThrownBy(() -> Corpus.of(new TextParts("a", "b", "c"), TextUnit.CHARACTERS, ALL))
        .hasMessage("the text's training part has 1 characters; it must have at least 100.");
  }

  @Test
  void windowsGoOnWhereTheLastOneEnded() {
    int[] tokens = new int[20];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i;
    }
    TokenWindows windows = new TokenWindows(tokens, 2, 3);

    assertThat(windows.perEpoch()).isEqualTo(2);
    Window first = windows.window(0);
    assertThat(first.inputs()).containsExactly(0, 10, 1, 11, 2, 12);
    assertThat(first.targets()).containsExactly(1, 11, 2, 12, 3, 13);
    assertThat(first.first()).isTrue();
    assertThat(windows.window(1).inputs()).containsExactly(3, 13, 4, 14, 5, 15);
    assertThat(windows.window(1).first()).isFalse();
    assertThat(windows.window(2)).usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void everyEpochMayBeginElsewhere() {
    int[] tokens = new int[40];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i;
    }
    TokenWindows windows = new TokenWindows(tokens, 1, 4, epoch -> (int) epoch);

    assertThat(windows.window(windows.perEpoch()).inputs()).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> new TokenWindows(tokens, 20, 4))
        .hasMessageContaining("too short for 20 streams with windows of 4: it takes 160");
  }

  @Test
  void theHashTellsTextsApart() {
    List<String> hashes =
        List.of("abcdefg\n", "abcdefh\n").stream()
            .map(line -> line.repeat(20))
            .map(text -> new TextParts(text, text, text))
            .map(parts -> Corpus.of(parts, TextUnit.CHARACTERS, ALL).hash())
            .toList();

    assertThat(hashes).doesNotHaveDuplicates();
  }
}
