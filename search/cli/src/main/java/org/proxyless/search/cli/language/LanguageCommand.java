package org.proxyless.search.cli.language;

import java.io.PrintWriter;
import java.util.Locale;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.job.LanguageDevice;
import org.proxyless.search.recurrent.job.UntrainedModel;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Language models with recurrent cells. */
@Command(
    name = "language",
    description = "Language models with recurrent cells, within a latency per token.",
    subcommands = {LanguageSearchCommand.class, LanguageTrainCommand.class})
public final class LanguageCommand implements Runnable {
  @ParentCommand ProgramOptions program;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "language what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  @Command(description = "Lists cells by name, and how many numbers they are in a model.")
  void cells(
      @Option(
              names = "--embedding",
              defaultValue = "850",
              description = "Width of the embedding (default: ${DEFAULT-VALUE}).")
          int embedding,
      @Option(
              names = "--vocabulary",
              defaultValue = "10000",
              description = "Tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
          int vocabulary) {
    Rules.atLeast("--embedding", 1, embedding);
    Rules.atLeast("--vocabulary", 2, vocabulary);
    PrintWriter out = spec.commandLine().getOut();
    for (String name : Cells.names()) {
      Cell cell = Cells.of(name);
      boolean bias = !name.startsWith("enas");
      out.printf(
          Locale.ROOT,
          "%-9s %,12d parameters  %s%n",
          name,
          new Architecture(cell, embedding, 0, bias).parameters(vocabulary),
          cell.text());
    }
    out.flush();
  }

  @Command(description = "Times a cell with random weights: milliseconds a token at batch 1.")
  void measure(
      @Option(
              names = "--cell",
              required = true,
              description = "A cell by name, or its nodes like 'relu 0, tanh 1'.")
          String cell,
      @Option(names = "--embedding", required = true, description = "Width of the embedding.")
          int embedding,
      @Option(
              names = "--rank",
              defaultValue = "0",
              description = "Rank of a factorised embedding (default: a whole one).")
          int rank,
      @Option(
              names = "--vocabulary",
              defaultValue = "66",
              description = "Tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
          int vocabulary,
      @Option(
              names = "--device",
              defaultValue = DeviceProfile.DEFAULT,
              description = "Where to measure (default: ${DEFAULT-VALUE}).")
          String device) {
    Rules.atLeast("--vocabulary", 2, vocabulary);
    Architecture architecture = new Architecture(Cells.of(cell), embedding, rank, true);
    DeviceProfile profile = LanguageDevice.load(device);
    NetworkMeasurement measured;
    try (Phase phase = program.progress().phase("measure", 0)) {
      measured =
          UntrainedModel.measure(
              architecture, vocabulary, profile, MeasuringProgress.notes(program.progress()::note));
      phase.step(0, measured.samples() + " tokens");
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%.4f ms a token (95 %% interval %.4f to %.4f ms), %,d parameters%n",
            measured.medianMillis(),
            measured.interval95Millis().low(),
            measured.interval95Millis().high(),
            architecture.parameters(vocabulary));
  }
}
