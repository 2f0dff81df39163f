package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the program as users start it without Maven, with pipes for its output. */
final class StartScript {
  static final Path PATH = Path.of("target", "proxyless").toAbsolutePath();
  private static final int SECONDS = 300;

  private StartScript() {}

  /** What a program left behind. */
  record Outcome(int exitCode, String out, String err, long pid) {}

  /** Runs the program in a folder until it ends. */
  static Outcome run(Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(PATH.toString()));
    command.addAll(List.of(arguments));
    return run(folder, environment, command);
  }

  static Outcome run(Path folder, Map<String, String> environment, List<String> command)
      throws Exception {
    Process process = start(folder, environment, command);
    try {
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Outcome(process.exitValue(), out.get(), err.get(), process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  static Process start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static CompletableFuture<String> text(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
