package org.proxyless.search.cli.profile;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.TableSource;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.ProfileSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures a latency table. */
@Command(
    name = "profile",
    subcommands = ProfileVerifyCommand.class,
    description = "Measures the latency of every operator of a space on a device.")
public final class ProfileCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private ProfileOptions options;

  @Override
  public Integer call() {
    ProfileSettings settings = options.settings();
    DeviceProfile device = DeviceProfiles.load(settings.device());
    device.requireHere();
    SearchSpace space =
        SearchSpaces.load(settings.space(), settings.width(), settings.input(), settings.classes());
    device.agent().ifPresent(agent -> program.progress().note(there(device, agent)));
    TableSource tables = new TableSource(program.progress());
    Path file = settings.out() == null ? tables.cacheFile(space, device) : settings.out();
    LatencyTable table =
        options.again()
            ? tables.measureAgain(space, device, settings.quality(), file)
            : tables.measure(space, device, settings.quality(), file);
    report(new PricedSpace(space, device, table, true), file.toAbsolutePath());
    return 0;
  }

  /** What is measured on, and how it is, as far as its agent can tell. */
  private static String there(DeviceProfile device, AgentAddress agent) {
    MeasuringSite site = MeasuringSites.of(device);
    Map<String, String> facts = site.fingerprint(device).facts();
    return "Agent "
        + agent.text()
        + ": "
        + facts.get("processor")
        + ", "
        + facts.get("system")
        + site.state(device).settings().entrySet().stream()
            .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining());
  }

  /** Shows how far a command is. */
  Progress progress() {
    return program.progress();
  }

  private void report(PricedSpace priced, Path file) {
    SpaceLatency latency = priced.latency();
    int operators =
        (int) priced.space().distinctOperators().stream().filter(o -> !o.isZero()).count();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "operators %d of space %s on %s%n",
        operators,
        priced.space().name(),
        priced.device().name());
    out.printf(
        Locale.ROOT,
        "latency   %.3f to %.3f ms for a network, of which %.3f ms fixed%n",
        latency.minMillis(),
        latency.maxMillis(),
        latency.fixedMillis());
    OptionalDouble deviation = priced.table().relativeDeviation();
    if (deviation.isPresent()) {
      out.printf(
          Locale.ROOT,
          "uncertain by %.1f %% (standard deviation of a network's latency around its prediction)%n",
          100 * deviation.getAsDouble());
    }
    out.println("written   " + file);
    new JsonReport()
        .put("device", priced.device().name())
        .put("space", priced.space().name())
        .put("operators", operators)
        .put("fixedMillis", latency.fixedMillis())
        .put("minMillis", latency.minMillis())
        .put("maxMillis", latency.maxMillis())
        .put("relativeDeviation", deviation.isPresent() ? deviation.getAsDouble() : null)
        .put("table", file)
        .write(options.json());
  }
}
