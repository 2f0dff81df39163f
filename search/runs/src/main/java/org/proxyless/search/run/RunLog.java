package org.proxyless.search.run;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads what the program logs through SLF4J into the run directory's {@code log.txt}, and nothing
 * of it to the terminal. Where an embedding application brings another SLF4J backend than logback,
 * that one decides, and there is no {@code log.txt}.
 */
public final class RunLog implements AutoCloseable {
  private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";
  private static volatile RunLog open;
  private static volatile Recorded last;

  private record Recorded(Throwable defect, Path file) {}

  private final Path file;
  private final FileAppender<ILoggingEvent> appender;

  private RunLog(Path file, FileAppender<ILoggingEvent> appender) {
    this.file = file;
    this.appender = appender;
  }

  /** Starts to append to this file, until closed. */
  public static RunLog to(Path file) {
    FileAppender<ILoggingEvent> appender = null;
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(PATTERN);
      encoder.start();
      appender = new FileAppender<>();
      appender.setContext(context);
      appender.setFile(file.toString());
      appender.setEncoder(encoder);
      appender.start();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }
    open = new RunLog(file, appender);
    return open;
  }

  /**
   * Keeps a defect's stack trace in the open run's log, or in a file of its own if no run is open.
   * Where it was kept already, it stays.
   *
   * @return where it is
   */
  public static Path recordDefect(Throwable defect) {
    Recorded before = last;
    if (before != null && before.defect() == defect) {
      return before.file();
    }
    Path file = record(defect);
    last = new Recorded(defect, file);
    return file;
  }

  private static Path record(Throwable defect) {
    RunLog log = open;
    if (log != null && log.appender != null) {
      LoggerFactory.getLogger(RunLog.class).error("defect of the program", defect);
      return log.file;
    }
    try {
      Path file = Files.createTempFile("proxyless-", ".log");
      try (PrintWriter out =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        defect.printStackTrace(out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a log of " + defect, e);
    }
  }

  /** Stops appending. */
  @Override
  public void close() {
    open = null;
    if (appender != null) {
      ((LoggerContext) appender.getContext())
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .detachAppender(appender);
      appender.stop();
    }
  }
}
