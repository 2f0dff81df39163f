package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.search.cli.StartScript.Outcome;

/** The program as users start it without Maven. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StartScriptIT {
  private static final Path SCRIPT = StartScript.PATH;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--help", "list --help", "list spaces --help", "--version", "list -h"})
  void helpAndVersionAreGoodAndSilentOnErr(String arguments) throws Exception {
    Outcome outcome = run(arguments.split(" "));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isNotBlank();
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void listSaysWhatThereIs() throws Exception {
    assertThat(run("list", "spaces").out())
        .contains(
            "small", "proxyless-cifar", "proxyless-mobile", "proxyless-imagenet", "nasbench-macro");
    assertThat(run("list", "devices").out()).contains("local-cpu ", "CPU, tensorflow, 1 thread");
    assertThat(run("list", "datasets").out()).contains("fashion-mnist-10k", "image-folder");
    assertThat(run("list", "strategies").out()).contains("gradient", "reinforce", "random");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lst|Maybe you meant list?",
        "list spacse|Maybe you meant spaces or",
        "list spaces --debgu|Maybe you meant --debug?",
        "list spaces surplus|'surplus'",
        "list|list what?",
        "--quiet|which command?",
      })
  void aMistakeIsOneLineAnd2(String arguments, String message) throws Exception {
    Outcome outcome = run(arguments.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("error: ").contains(message);
  }

  @Test
  void debugShowsTheTrace() throws Exception {
    Outcome outcome = run("list", "--debug");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: list what?").contains("\tat org.proxyless");
  }

  @Test
  void itWorksThroughLinksAndSpacesFromAnyFolder() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first link"), SCRIPT);
    Path below = Files.createDirectory(folder.resolve("a folder"));
    Path second = Files.createSymbolicLink(below.resolve("second"), Path.of("..", "first link"));
    assertThat(first).exists();
    Outcome outcome = run(Map.of(), List.of(second.toString(), "list", "spaces"));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("small");
  }

  @Test
  void theScriptBecomesJavaWithTheArgumentsAndVariablesAsTheyAre() throws Exception {
    Path java = Files.createDirectories(folder.resolve("a home/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho $$\nenv\nfor a in \"$@\"; do echo \"<$a>\"; done\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    String home = folder.resolve("a home").toString();
    Outcome outcome =
        run(
            Map.of("JAVA_HOME", home, "TF_ENABLE_ONEDNN_OPTS", "1"),
            List.of(SCRIPT.toString(), "a  b", "", "*", "$x"));
    assertThat(outcome.out().lines().findFirst()).hasValue("" + outcome.pid());
    assertThat(outcome.out().lines())
        .contains("TF_ENABLE_ONEDNN_OPTS=0")
        .contains("TF_CPU_ALLOCATOR_USE_BFC=true")
        .contains("MALLOC_ARENA_MAX=1")
        .contains("TF_CPP_MIN_LOG_LEVEL=2")
        .endsWith("<org.proxyless.search.cli.Main>", "<a  b>", "<>", "<*>", "<$x>");
  }

  @Test
  void withoutJavaItSaysSo() throws Exception {
    Outcome outcome = run(Map.of("JAVA_HOME", "/nowhere"), List.of(SCRIPT.toString(), "list"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("/nowhere/bin/java").hasLineCount(1);
  }

  @Test
  void mavensOneTextIsSplitByTheProgram() throws Exception {
    Map<String, String> maven =
        Map.of("JDK_JAVA_OPTIONS", "-Dproxyless.startedByMaven=true"); // as the pom sets
    Outcome good = run(maven, List.of(SCRIPT.toString(), "list 'spaces'"));
    assertThat(good.exitCode()).isZero();
    assertThat(good.out()).contains("small");
    Outcome bad = run(maven, List.of(SCRIPT.toString(), "list 'two words'"));
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err()).contains("'two words'");
    Outcome open = run(maven, List.of(SCRIPT.toString(), "list 'spaces"));
    assertThat(open.exitCode()).isEqualTo(2);
    assertThat(open.err()).contains("error: -Dproxyless.args: a quote ' has no partner");
  }

  private Outcome run(String... arguments) throws Exception {
    return StartScript.run(folder, Map.of(), arguments);
  }

  private Outcome run(Map<String, String> environment, List<String> command) throws Exception {
    return StartScript.run(folder, environment, command);
  }
}
