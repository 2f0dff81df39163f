package org.proxyless.search.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.proxyless.base.CsvFile;

/** The table of a sweep as files: a row for each cell, whether it has ended or not. */
final class ResultFiles {
  private ResultFiles() {}

  /** Writes the table as CSV, whole or not at all. */
  static void writeCsv(SweepResults results, Path file) {
    List<SweepResults.Column> columns = results.columns();
    beside(
        file,
        part -> {
          try (CsvFile csv =
              CsvFile.create(part, columns.stream().map(SweepResults.Column::name).toList())) {
            results
                .cells()
                .forEach(
                    cell -> csv.append(columns.stream().map(c -> c.value().apply(cell)).toArray()));
            csv.bytes(); // syncs
          }
        });
  }

  /** Writes the table as Parquet, whole or not at all. */
  static void writeParquet(SweepResults results, Path file) {
    List<SweepResults.Column> columns = results.columns();
    MessageType schema = schema(columns);
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    beside(
        file,
        part -> {
          try (ParquetWriter<Group> writer =
              ExampleParquetWriter.builder(new LocalOutputFile(part))
                  .withConf(new PlainParquetConfiguration())
                  .withType(schema)
                  .build()) {
            for (CellResult cell : results.cells()) {
              Group row = groups.newGroup();
              columns.forEach(column -> put(row, column, column.value().apply(cell)));
              writer.write(row);
            }
          }
        });
  }

  private static MessageType schema(List<SweepResults.Column> columns) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (SweepResults.Column column : columns) {
      switch (column.type()) {
        case TEXT ->
            schema
                .optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
        case WHOLE -> schema.optional(PrimitiveTypeName.INT64).named(column.name());
        case REAL -> schema.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      }
    }
    return schema.named("sweep");
  }

  private static void put(Group row, SweepResults.Column column, Object value) {
    if (value == null) {
      return;
    }
    switch (column.type()) {
      case TEXT -> row.add(column.name(), value.toString());
      case WHOLE -> row.add(column.name(), ((Number) value).longValue());
      case REAL -> row.add(column.name(), ((Number) value).doubleValue());
    }
  }

  private interface Writing {
    void to(Path part) throws IOException;
  }

  private static void beside(Path file, Writing writing) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      writing.to(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
