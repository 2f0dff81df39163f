package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.JsonReport;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.space.CellGenotype;
import org.proxyless.search.space.CellPicture;
import org.proxyless.search.space.PublishedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a network's figures, and draws its cells. */
@Command(name = "show", description = "Shows a network: its size, and its cells.")
final class NetworkShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NETWORK",
      description =
          "A name from 'list networks', a network.json, or cells as DARTS, ENAS or NAS-Bench-201"
              + " write them.")
  private String name;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      converter = Converters.ReportFile.class,
      description = "Draws the cells into this file.")
  private Path svg;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = Converters.ReportFile.class,
      description = "Writes the network to this file, as a network.json.")
  private Path out;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    PublishedNetwork shown = PublishedNetwork.read(name);
    if (svg != null && shown.drawn().isEmpty()) {
      throw new InvalidInputException(
          "--svg: '" + name + "' has no cells that could be drawn; leave it out.");
    }
    print(shown);
    if (svg != null) {
      String picture = CellPicture.svg(shown.network().name(), shown.drawn());
      AtomicFile.write(svg, picture.getBytes(StandardCharsets.UTF_8));
    }
    if (out != null) {
      NetworkFile.write(shown.network(), out);
    }
    Network network = shown.network();
    new JsonReport()
        .put("name", network.name())
        .put("description", shown.description())
        .put("input", network.input().toString())
        .put("classes", network.classes())
        .put("operators", network.operators().size())
        .put("parameters", network.parameters())
        .put("multiplyAccumulates", network.macs())
        .put("genotype", shown.cells().map(CellGenotype::darts).orElse(null))
        .write(json.file());
    return 0;
  }

  private void print(PublishedNetwork shown) {
    PrintWriter text = spec.commandLine().getOut();
    Network network = shown.network();
    text.printf(Locale.ROOT, "%s%n%n", shown.description());
    text.printf(Locale.ROOT, "input                 %s%n", network.input());
    text.printf(Locale.ROOT, "classes               %,d%n", network.classes());
    text.printf(Locale.ROOT, "operators             %,d%n", network.operators().size());
    text.printf(Locale.ROOT, "parameters            %,d%n", network.parameters());
    text.printf(Locale.ROOT, "multiply-accumulates  %,d%n", network.macs());
    shown
        .cells()
        .ifPresent(
            cells -> {
              text.printf("normal cell           %s%n", cells.normal());
              text.printf("reduction cell        %s%n", cells.reduction());
            });
    text.flush();
  }
}
