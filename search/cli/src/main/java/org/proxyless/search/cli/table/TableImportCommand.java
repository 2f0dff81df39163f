package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.formats.TableFormat;
import org.proxyless.search.cli.options.Converters;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns somebody else's table into one of ours. */
@Command(name = "import", description = "Reads a latency table of another program.")
final class TableImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      converter = Converters.ExistingFile.class,
      description = "The other program's table.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      converter = Format.class,
      description = "proxylessnas, ofa, tunas or single-path-nas.")
  private TableFormat format;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "What the device is to be called (default: the file's name).")
  private String device;

  @Option(
      names = "--out",
      paramLabel = "TABLE",
      required = true,
      converter = TableOutput.class,
      description = "The file to write; a name that ends in .json makes it readable.")
  private Path out;

  @Override
  public Integer call() {
    String fileName = file.getFileName().toString();
    String name = device == null ? fileName.replaceFirst("\\.[^.]*$", "") : device;
    LatencyTable table = format.read(file, name);
    LatencyTables.write(table, out);
    long foreign = table.entries().keySet().stream().filter(key -> key.contains("-input:")).count();
    PrintWriter text = spec.commandLine().getOut();
    text.println(
        out
            + ": "
            + table.entries().size()
            + " entries of device "
            + name
            + (foreign == 0
                ? ""
                : ", " + foreign + " of them of operators that no space here has"));
    text.flush();
    return 0;
  }

  static final class Format implements ITypeConverter<TableFormat> {
    @Override
    public TableFormat convert(String text) throws Exception {
      return Converters.oneOf(TableFormat.values()).convert(text);
    }
  }
}
