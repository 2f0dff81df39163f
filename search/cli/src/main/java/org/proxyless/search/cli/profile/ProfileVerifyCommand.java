package org.proxyless.search.cli.profile;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.tables.Prediction;
import org.proxyless.benchmarks.tables.PredictionErrors;
import org.proxyless.benchmarks.tables.VerificationPlot;
import org.proxyless.benchmarks.tables.VerificationResult;
import org.proxyless.benchmarks.tables.VerificationResult.Figures;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.TableSource;
import org.proxyless.search.job.prepare.TableVerification;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares a table's predictions with networks that are timed end to end. */
@Command(
    name = "verify",
    description = "Times whole networks on the device and compares with a table's predictions.")
final class ProfileVerifyCommand implements Callable<Integer> {
  @ParentCommand private ProfileCommand profile;
  @Spec private CommandSpec spec;
  @Mixin private ProfileVerifyOptions options;

  @Override
  public Integer call() {
    options.check();
    LatencyTable table = LatencyTables.read(options.table());
    DeviceProfile device = DeviceProfiles.load(options.deviceOr(table.device()));
    device.requireHere();
    SearchSpace space =
        SearchSpaces.load(
            options.spaceOr(table.space()),
            options.size().width(),
            options.size().input(),
            options.size().classes());
    Progress progress = profile.progress();
    PricedSpace priced = new TableSource(progress).read(options.table(), space, device, false);
    VerificationResult result =
        TableVerification.verify(priced, options.networks(), options.seed(), progress);
    report(result);
    if (options.plot() != null) {
      VerificationPlot.of(result.plain(), table.space() + " on " + device.name())
          .writeBoth(options.plot());
    }
    write(result);
    return 0;
  }

  private void write(VerificationResult result) {
    if (!options.write()) {
      return;
    }
    LatencyTables.write(result.table(), options.table());
  }

  private void report(VerificationResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "            networks  within 5 %  within 10 %  mean error   signed  rank correlation");
    print(out, "all", result.plain().all());
    print(out, "uniform", result.plain().uniform());
    print(out, "spread", result.plain().spread());
    result.refitted().ifPresent(refitted -> print(out, "refitted", refitted.all()));
    Prediction.coverage95(result.plain().all())
        .ifPresent(
            share ->
                out.printf(
                    Locale.ROOT,
                    "%.1f %% of the networks lie in the 95 %% intervals that the table states%n",
                    100 * share));
    out.printf(
        Locale.ROOT,
        "the machine takes %.3f times what it took for the table, which is taken out;"
            + " besides, operators take %.3f times what the table says%n",
        result.drift(),
        result.operatorRatio());
    JsonReport json = new JsonReport();
    figures(PredictionErrors.of(result.plain().all())).forEach(json::put);
    OptionalDouble coverage = Prediction.coverage95(result.plain().all());
    json.put("coverage95", coverage.isPresent() ? coverage.getAsDouble() : null);
    json.put("uniform", figures(PredictionErrors.of(result.plain().uniform())))
        .put("spread", figures(PredictionErrors.of(result.plain().spread())))
        .put("drift", result.drift())
        .put("operatorRatio", result.operatorRatio())
        .put("refitted", result.refitted().map(ProfileVerifyCommand::refitted).orElse(null))
        .put("written", options.write())
        .put("predictions", result.plain().all())
        .write(options.json());
  }

  private static void print(PrintWriter out, String name, List<Prediction> what) {
    PredictionErrors errors = PredictionErrors.of(what);
    out.printf(
        Locale.ROOT,
        "%-10s %9d %10.1f %% %10.1f %% %9.2f %% %+7.2f %% %17.4f%n",
        name,
        errors.networks(),
        100 * errors.within5Percent(),
        100 * errors.within10Percent(),
        100 * errors.meanAbsoluteRelativeError(),
        100 * errors.meanSignedRelativeError(),
        errors.spearman());
  }

  private static Map<String, Object> refitted(Figures figures) {
    Map<String, Object> all = figures(PredictionErrors.of(figures.all()));
    all.put("uniform", figures(PredictionErrors.of(figures.uniform())));
    all.put("spread", figures(PredictionErrors.of(figures.spread())));
    return all;
  }

  private static Map<String, Object> figures(PredictionErrors errors) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("networks", errors.networks());
    figures.put("within5Percent", errors.within5Percent());
    figures.put("within10Percent", errors.within10Percent());
    figures.put("meanAbsoluteRelativeError", errors.meanAbsoluteRelativeError());
    figures.put("meanSignedRelativeError", errors.meanSignedRelativeError());
    figures.put("spearman", errors.spearman());
    figures.put("residual95", errors.residual95());
    figures.put("rmseMillis", errors.rmseMillis());
    figures.put("slope", errors.slope());
    figures.put("slopeInterval95", errors.slopeInterval95());
    figures.put("interceptMillis", errors.interceptMillis());
    figures.put("interceptInterval95Millis", errors.interceptInterval95Millis());
    return figures;
  }
}
