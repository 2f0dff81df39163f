package org.proxyless.search.cli.table;

import java.nio.file.Files;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;
import picocli.CommandLine.ITypeConverter;

/** {@code --out} of the table commands: a file in a folder that is there. */
final class TableOutput implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    Path file = Path.of(text);
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("--out is " + file + "; it must be a file, not a folder.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InvalidInputException(
          "--out is " + file + "; its folder must be there and writable: make it first.");
    }
    return file;
  }
}
