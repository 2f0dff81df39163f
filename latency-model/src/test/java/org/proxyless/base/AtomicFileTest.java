package org.proxyless.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void theFileHoldsTheLastContent() throws IOException {
    Path file = folder.resolve("new/file");
    AtomicFile.write(file, new byte[] {1, 2, 3});
    AtomicFile.write(file, new byte[] {4});
    assertThat(Files.readAllBytes(file)).containsExactly(4);
  }

  @Test
  void aFailureLeavesWhatWasThereAndNothingBeside() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Path inside = Files.writeString(taken.resolve("inside"), "kept");
    assertThatThrownBy(() -> AtomicFile.write(taken, new byte[] {1}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("taken");
    assertThat(inside).hasContent("kept");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }
}
