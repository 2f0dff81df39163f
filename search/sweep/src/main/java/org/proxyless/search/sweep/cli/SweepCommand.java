package org.proxyless.search.sweep.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.cli.SearchArguments;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.RunLock;
import org.proxyless.search.run.RunLog;
import org.proxyless.search.sweep.Cell;
import org.proxyless.search.sweep.CellResult;
import org.proxyless.search.sweep.CellRunner;
import org.proxyless.search.sweep.CellState;
import org.proxyless.search.sweep.Launch;
import org.proxyless.search.sweep.LocalSlots;
import org.proxyless.search.sweep.SweepExecution;
import org.proxyless.search.sweep.SweepFile;
import org.proxyless.search.sweep.SweepFolder;
import org.proxyless.search.sweep.SweepMeasuring;
import org.proxyless.search.sweep.SweepPlan;
import org.proxyless.search.sweep.SweepReport;
import org.proxyless.search.sweep.SweepResults;
import org.proxyless.search.sweep.SweepText;
import org.proxyless.search.sweep.cost.Cluster;
import org.proxyless.search.sweep.cost.SupernetBytes;
import org.proxyless.search.sweep.cost.SweepLoad;
import org.proxyless.search.sweep.spark.SparkCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many searches. */
@Command(
    name = "sweep",
    description =
        "Runs a grid of searches, as many at a time as there is room for, and puts them side by"
            + " side; goes on with one that was cut short.")
final class SweepCommand implements Callable<Integer> {
  private final ProgramOptions program;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "What to search, in YAML: see docs/sweep.md. Relative files are beside it.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The sweep's folder, new or of the sweep to go on with (default: FILE without its ending,"
              + " under runs/). On a cluster all machines must share it.")
  private Path out;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The Spark cluster: spark://HOST:PORT, yarn or k8s://URL (default: none, this machine).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Spark; the value env:NAME is read from the environment, as secrets must"
              + " be.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--program",
      paramLabel = "SCRIPT",
      description =
          "The program's start script on the cluster's machines (default: as it runs here, which"
              + " needs the same folders there).")
  private Path script;

  @Option(
      names = "--retry-failed",
      description = "Tries cells again that have failed in an earlier start.")
  private boolean retriesFailed;

  @Option(names = "--plan", description = "Shows the cells and what they need, and runs nothing.")
  private boolean planOnly;

  @Option(
      names = "--cell-hours",
      paramLabel = "H",
      description =
          "With --plan: what a cell takes, to see what the sweep would cost on --workers.")
  private Double cellHours;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --plan: cells that would run at a time (default: ${DEFAULT-VALUE}).")
  private int workers;

  SweepCommand(ProgramOptions program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "sweep what? Name a FILE; --help shows more.");
    }
    SweepPlan plan = SweepPlan.of(SweepFile.read(file), file.toAbsolutePath().getParent());
    SweepFolder folder = new SweepFolder(out == null ? defaultFolder() : out);
    if (planOnly) {
      SweepText.plan(plan, folder).forEach(lines()::println);
      cost(plan).forEach(lines()::println);
      return 0;
    }
    requireNoConfWithoutMaster();
    folder.create();
    program
        .stop()
        .keepsWhole("the same command; 'sweep status " + folder.path() + "' tells how far");
    return alone(folder, () -> complete(plan, folder));
  }

  private int complete(SweepPlan plan, SweepFolder folder) {
    folder.keep(plan, file);
    if (retriesFailed) {
      SweepResults.of(plan, folder).that(CellResult.Standing.FAILED).stream()
          .map(result -> result.cell().id())
          .forEach(folder::forget);
    }
    run(plan, folder);
    return shown(folder, plan).that(CellResult.Standing.FAILED).isEmpty() ? 0 : 1;
  }

  /** Does some work while no other process works in the folder, which keeps a log of it. */
  private static int alone(SweepFolder folder, IntSupplier work) {
    RunLock lock = RunLock.take(folder.path());
    RunLog log = RunLog.to(folder.file("log.txt"));
    try {
      return work.getAsInt();
    } finally {
      log.close();
      lock.close();
    }
  }

  /** What has come out by now, as files and on the terminal. */
  private SweepResults shown(SweepFolder folder, SweepPlan plan) {
    SweepResults results = SweepResults.of(plan, folder);
    SweepReport.write(results, folder);
    SweepText.results(results, folder).forEach(lines()::println);
    return results;
  }

  @Command(name = "status", description = "Shows how far a sweep is, also while it runs.")
  void status(@Parameters(paramLabel = "DIR", description = "The sweep's folder.") Path folder) {
    SweepFolder sweep = SweepFolder.open(folder);
    SweepText.status(SweepResults.of(sweep.plan(), sweep)).forEach(lines()::println);
  }

  @Command(
      name = "report",
      description = "Writes the table and the page of a sweep from what has finished by now.")
  void report(@Parameters(paramLabel = "DIR", description = "The sweep's folder.") Path folder) {
    SweepFolder sweep = SweepFolder.open(folder);
    shown(sweep, sweep.plan());
  }

  @Command(
      name = "measure",
      description =
          "Times the networks of a sweep on their devices, one after the other, where a device is"
              + " here; those that were timed before stay as they are.")
  void measure(@Parameters(paramLabel = "DIR", description = "The sweep's folder.") Path folder) {
    SweepFolder sweep = SweepFolder.open(folder);
    alone(
        sweep,
        () -> {
          SweepPlan plan = sweep.plan();
          SweepMeasuring measuring = new SweepMeasuring(sweep, program.progress()::note);
          List<CellResult> here = measuring.remaining(SweepResults.of(plan, sweep));
          try (Phase phase = program.progress().phase("measure", here.size())) {
            here.forEach(cell -> phase.step(measuring.measure(cell)));
          }
          shown(sweep, plan);
          return 0;
        });
  }

  private PrintWriter lines() {
    return spec.commandLine().getOut();
  }

  private List<String> cost(SweepPlan plan) {
    if (cellHours == null) {
      return List.of();
    }
    Rules.positive("--cell-hours", cellHours);
    Rules.atLeast("--workers", 1, workers);
    Cell first = plan.cells().get(0);
    double checkpoint = SupernetBytes.checkpoint(SearchArguments.settings(first.arguments()));
    SweepLoad load =
        new SweepLoad(plan.cells().size(), cellHours, cellHours, checkpoint, checkpoint);
    return SweepText.cost(load, Cluster.assumed(workers, first.checkpointSeconds()));
  }

  private void requireNoConfWithoutMaster() {
    if (master == null && !conf.isEmpty()) {
      throw new InvalidInputException(
          "--conf is "
              + conf.keySet()
              + "; there is no Spark without --master: leave it out, or give both.");
    }
  }

  private Path defaultFolder() {
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return Path.of("runs").resolve(name);
  }

  private void run(SweepPlan plan, SweepFolder folder) {
    List<Cell> remaining = SweepExecution.remaining(plan, folder);
    if (remaining.isEmpty()) {
      return;
    }
    Progress progress = program.progress();
    int all = plan.cells().size();
    Launch launch = script == null ? Launch.likeThisProcess() : Launch.script(script);
    try (CellRunner runner = runner(plan, progress);
        Phase phase = progress.phase("sweep", all, all - remaining.size())) {
      List<String> failed = new ArrayList<>();
      new SweepExecution(plan, folder, launch, runner, program.stop())
          .run(state -> phase.step(said(state, failed)));
    }
  }

  private CellRunner runner(SweepPlan plan, Progress progress) {
    if (master != null) {
      return SparkCluster.connect(master, conf, plan.needs(), progress::note);
    }
    LocalSlots slots = LocalSlots.of(plan.needs(), program.stop());
    progress.note("cells at a time: " + slots.slots());
    return slots;
  }

  private static String said(CellState state, List<String> failed) {
    if (state.end() == CellState.End.FAILED) {
      failed.add(state.id());
    }
    String last = state.id() + " " + state.end();
    return failed.isEmpty() ? last : last + ", " + failed.size() + " failed";
  }
}
