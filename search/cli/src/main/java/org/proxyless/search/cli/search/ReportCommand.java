package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows runs as a page. */
@Command(
    name = "report",
    description =
        "Writes one HTML file that shows a run, or compares several; it needs no network.")
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The directories of runs, finished or not.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: report.html in the first run's directory).")
  private Path out;

  @Override
  public Integer call() {
    Path file = out == null ? runs.get(0).resolve("report.html") : out;
    HtmlReport.check(file);
    HtmlReport.of(runs.stream().map(RunRecord::read).toList()).write(file);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println("written   " + file.toAbsolutePath().normalize());
    terminal.flush();
    return 0;
  }
}
