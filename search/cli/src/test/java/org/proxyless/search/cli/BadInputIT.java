package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.search.cli.StartScript.Outcome;
import org.proxyless.search.fixtures.Tiny;

/** Every kind of bad input: exit code 2 and one line that names it, before any work is done. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class BadInputIT {
  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    Tiny.foreignTable(folder.resolve("phone.table"));
    Tiny.tableWithAHole(folder.resolve("hole.json"));
    byte[] whole = Files.readAllBytes(folder.resolve("phone.table"));
    Files.write(folder.resolve("truncated.table"), Arrays.copyOf(whole, whole.length / 2));
    byte[] corrupt = whole.clone();
    corrupt[whole.length / 2] ^= 1;
    Files.write(folder.resolve("corrupt.table"), corrupt);
    Files.writeString(folder.resolve("garbage.json"), "{\"entries\": [}");
    Files.writeString(folder.resolve("unknown-key.json"), "{\"name\": \"n\", \"surplus\": 1}");
    Files.writeString(folder.resolve("broken.yaml"), "description: [\n");
    String surplus = Files.readString(Tiny.space()) + "surplus: 1\n";
    Files.writeString(folder.resolve("surplus.yaml"), surplus);
    String board =
        "name: b\nkind: cpu\nruntime: tensorflow\nthreads: 1\nbatch: 1\nprecision: float32\n"
            + "agent: localhost:1\n";
    Files.writeString(folder.resolve("tokenless.yaml"), board + "token: nowhere\n");
    Files.writeString(folder.resolve("away.yaml"), board + "token: token\n");
    Files.writeString(folder.resolve("token"), "0".repeat(64) + "\n");
    Files.writeString(folder.resolve("no-image.png"), "no image");
    Files.createDirectory(folder.resolve("empty"));
    Files.createDirectory(folder.resolve("full"));
    Files.writeString(folder.resolve("full/something"), "");
    Files.createDirectory(folder.resolve("cut"));
    Files.writeString(folder.resolve("cut/settings.yaml"), "device: local-cpu\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What is chosen by name or file
        "--device nope|'nope' is neither a file nor a profile",
        "--device surplus.yaml|unknown key",
        "--space nope|--space 'nope' is neither one of small",
        "--space nope.yaml|nope.yaml': there is no such readable file",
        "--space broken.yaml|broken.yaml, line",
        "--space surplus.yaml|unknown key 'surplus'",
        "--dataset nope|data set 'nope' is not known",
        "--strategy nope|'nope' must be one of gradient, reinforce, ",
        "--gates three|'three' must be one of two, full",
        "--format tflite,coreml|format 'coreml' is not known. Known are: fp16, int8, onnx, tflite.",
        // Numbers out of their range
        "--width 0|--width is 0.0; it must be a number above 0",
        "--target-ms NaN|--target-ms is NaN",
        "--target-ms -1|--target-ms is -1.0",
        "--target-ms 2,x|'x' is not a double",
        "--target-ms 0.5 --table phone.table --allow-foreign-table|from 1.000 ms to 3.500 ms",
        "--epochs 0|--epochs is 0; it must be at least 1",
        "--batch-size 1|--batch-size is 1; it must be at least 2",
        "--batch-size 4096 --table phone.table --allow-foreign-table|--batch-size is 4096",
        "--max-images 1|--max-images is 1; it must be at least 2",
        "--input-size 0|--input-size is 0; it must be from 1 to",
        "--seed x|'x' is not a long",
        "--time-limit 5|'5' is no time span",
        // Files and folders
        "--data-dir nowhere|--data-dir is nowhere; there is no such file or folder",
        "--data-dir empty|is built in and takes no folder",
        "--dataset cifar10|needs its files",
        "--dataset cifar10 --data-dir empty|empty",
        "--dataset image-folder --data-dir empty|empty",
        "--table nowhere|--table is nowhere; there is no such readable file",
        "--table phone.table|was measured elsewhere",
        "--table truncated.table|truncated.table",
        "--table corrupt.table|corrupt.table",
        "--table garbage.json|not a table in JSON (Unexpected close marker",
        "--table hole.json --allow-foreign-table|has no entry for operator 'MBConv(kernel=5",
        "--out full|it is not empty",
        "--out broken.yaml|it is a file: name a new folder",
        "--json nowhere/report.json|its folder must be there",
        // Options that exclude each other
        "--strategy random --gates two|--gates is two; it applies to --strategy gradient only",
        "--strategy reinforce --latency-loss target|--latency-loss is target; it applies to",
        "--estimate full|--estimate is full; it needs a strategy that only evaluates networks",
        "--strategy bayes --evaluations 5|--evaluations is 5; it does not apply to --estimate",
        "--quiet --verbose|exclude each other",
        "--epochs 1 --epochs 2|--epochs",
        "surplus|'surplus'",
      })
  void search(String options, String message) throws Exception {
    boolean ownSpace = options.contains("--space");
    String space = ownSpace ? "" : " --space " + Tiny.space();
    refused("search" + space + " " + options, message);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile --device nope|'nope' is neither a file nor a profile",
        "profile --space nope|--space 'nope'",
        "profile --input 28x28|'28x28' is no shape",
        "profile --classes 1|--classes is 1; it must be at least 2",
        "profile --quality best|best",
        "profile --out nowhere/t.table|its folder must be there",
        "profile --out empty|it must be a file, not a folder",
        "train nowhere|RUN is nowhere; there is no such folder",
        "train empty|is no run directory",
        "train cut|cut has no network.json",
        "train cut --from somewhere|somewhere",
        "train cut --epochs 0|--epochs is 0",
        "rank empty --estimate nope|'nope' must be one of shared-weights, inherit, low-fidelity",
        "rank empty --estimate full,full|--estimate is [full, full]; name at least one",
        "rank empty --fidelity epochs=0.5|--fidelity is epochs=0.5,images=1.0,side=1.0; it belongs",
        "rank empty --estimate low-fidelity --fidelity side=2|--fidelity has side=2.0; it must be",
        "evaluate nowhere|RUN is nowhere",
        "evaluate empty|is no run directory",
        "evaluate cut|cut has no network.json",
        "evaluate cut --data-dir nowhere|--data-dir is nowhere",
        "export nowhere|RUN is nowhere",
        "export empty|is no run directory",
        "export cut|cut has no network.json",
        "profile --device away.yaml|no agent answers at localhost:1 (Connection refused",
        "profile --device tokenless.yaml|the token of the agent at localhost:1 cannot be read",
        "agent --port 70000|--port is 70000; it must be from 1 to 65535",
        "agent --port x|'x' is not an int",
        "agent --bind no-such-host.invalid|--bind is 'no-such-host.invalid'",
        "agent --job-limit 0s|--job-limit is 0.0 s; it must be at least 1s",
        "agent --file-limit 0|--file-limit is 0; it must be from 1 to 1024 MiB",
        "agent --folder broken.yaml --port 0|cannot be used",
        "measure nowhere|is nowhere; there is no such file or folder",
        "measure empty|empty is no SavedModel",
        "measure garbage.json|garbage.json",
        "measure unknown-key.json|unknown-key.json",
        "measure empty --device nope|'nope' is neither",
        "predict --network unknown-key.json|--table",
        "predict --table phone.table|--network",
        "predict --table phone.table --network nowhere|'nowhere' is neither a readable file of a network",
        "predict --table nowhere --network garbage.json|there is no readable file 'nowhere'",
        "predict --table phone.table --network garbage.json|garbage.json",
        "predict --table phone.table --network unknown-key.json|unknown-key.json",
        "predict --table phone.table --network garbage.json --input-size 8|--input-size is 8",
        "predict --table phone.table --network garbage.json --network-format onnx|onnx",
        "classify nowhere no-image.png|MODEL is nowhere",
        "classify no-image.png no-image.png|no-image.png is no network: its name must end in",
        "classify empty no-image.png|empty is no SavedModel",
        "classify empty nowhere.png|there is no readable file 'nowhere.png'",
        "classify empty|IMAGE",
        "classify empty no-image.png --top 0|--top is 0",
      })
  void otherCommands(String arguments, String message) throws Exception {
    refused(arguments, message);
  }

  private static void refused(String arguments, String message) throws Exception {
    String[] words = arguments.trim().split(" +");
    Outcome outcome =
        StartScript.run(
            folder, Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), words);
    assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
    assertThat(outcome.err()).startsWith("error: ").contains(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}
