package org.proxyless.search.cli.language;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.recurrent.job.LanguageJob;
import org.proxyless.search.recurrent.job.LanguageResult;
import org.proxyless.search.recurrent.job.LanguageSettings;
import org.proxyless.search.run.RunControl;
import picocli.CommandLine.Model.CommandSpec;

/** Starts the run of a language model, or goes on with one, and says what came out. */
record LanguageRunning(ProgramOptions program, CommandSpec spec, LanguageOptions options) {
  /**
   * Runs it.
   *
   * @param settings of a new run
   */
  int run(Supplier<LanguageSettings> settings) {
    RunControl control = options.keeping.control(program.stop());
    PrintWriter out = spec.commandLine().getOut();
    options
        .keeping
        .result(
            spec,
            run -> LanguageJob.resume(run, program.progress(), control),
            () -> new LanguageJob(settings.get(), program.progress(), control).run())
        .ifPresent(result -> report(result, out));
    return 0;
  }

  private void report(LanguageResult result, PrintWriter out) {
    out.println();
    result.summary().forEach(out::println);
    result.figures().write(options.json.file());
  }
}
