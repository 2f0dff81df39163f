package org.proxyless.search.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.devices.DeviceFailedException;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.run.RunLog;
import org.proxyless.search.supernet.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line for the user and an exit code. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;
  private final Interruption interruption;

  public Failures(PrintWriter err, Interruption interruption) {
    this.err = err;
    this.interruption = interruption;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    return report(e, debug(arguments));
  }

  /** Whether the user asked for stack traces, also where the rest can't be understood. */
  static boolean debug(String[] arguments) {
    return List.of(arguments).contains("--debug");
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult parseResult) {
    ProxylessCommand program = commandLine.getCommandSpec().root().commandLine().getCommand();
    return report(e, program.debug());
  }

  /** Prints the line, and the stack trace if asked. */
  int report(Throwable e, boolean debug) {
    if (interruption.begun()) {
      return ProgramOptions
          .OUR_DEFECT; // a consequence, such as a measuring child being killed: nothing to say
    }
    boolean mistake = e instanceof InvalidInputException || e instanceof ParameterException;
    err.println("error: " + (mistake ? mistake(e) : defect(e)));
    if (debug) {
      e.printStackTrace(err);
    }
    err.flush();
    return mistake ? ProgramOptions.USERS_MISTAKE : ProgramOptions.OUR_DEFECT;
  }

  /** What a user did wrong, on one line. */
  static String mistake(Throwable e) {
    if (e instanceof ParameterException wrapped
        && wrapped.getCause() instanceof InvalidInputException refused) {
      return oneLine(refused.getMessage());
    }
    String message = oneLine(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return message + ". Maybe you meant " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return message;
  }

  private static String defect(Throwable e) {
    Path log = RunLog.recordDefect(e);
    if (e instanceof MeasuringFailedException
        || e instanceof DeviceFailedException
        || e instanceof DivergedException) {
      return oneLine(e.getMessage()) + " (more in " + log + ")";
    }
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : oneLine(e.getMessage());
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      String cause = e.getCause() == null ? "" : ": " + oneLine("" + e.getCause().getMessage());
      String whole = what.endsWith(cause) ? what : what + cause;
      return whole + " (reading or writing failed; more in " + log + ")";
    }
    return "this is a defect of the program: " + what + " (please report it with " + log + ")";
  }

  private static String oneLine(String message) {
    return String.join(" ", message.lines().map(String::strip).toList());
  }
}
