package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.formats.YamlTable;
import org.proxyless.search.cli.options.Converters;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a table in another form. */
@Command(name = "export", description = "Writes a latency table in another form.")
final class TableExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      converter = Converters.ExistingFile.class,
      description = "The latency table.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      converter = FormatConverter.class,
      description = "json (everything, readable) or proxylessnas (that program's YAML).")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      converter = TableOutput.class,
      description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    LatencyTable table = LatencyTables.read(file);
    PrintWriter text = spec.commandLine().getOut();
    switch (format) {
      case JSON -> {
        if (!out.toString().endsWith(".json")) {
          throw new InvalidInputException(
              "--out is " + out + "; a table in JSON is known by its ending: name it …json.");
        }
        LatencyTables.write(table, out);
      }
      case PROXYLESS_NAS -> {
        YamlTable.writeProxylessNas(table, out);
        LatencyEntry call = table.entries().get(LatencyTable.CALL);
        if (call != null) {
          text.println(
              "left out: the call's "
                  + call.medianMillis()
                  + " ms, for which the form has no place");
        }
      }
    }
    text.println("written: " + out);
    text.flush();
    return 0;
  }

  /** The forms. */
  enum Format {
    JSON("json"),
    PROXYLESS_NAS("proxylessnas");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) throws Exception {
      return Converters.oneOf(Format.values()).convert(text);
    }
  }
}
