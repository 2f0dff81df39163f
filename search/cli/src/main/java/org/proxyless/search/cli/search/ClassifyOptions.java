package org.proxyless.search.cli.search;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code classify}. */
final class ClassifyOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A SavedModel's folder, or a TensorFlow Lite file.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      converter = Converters.ExistingFile.class,
      description = "PNG or JPEG files.")
  private List<Path> images;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many of the likeliest classes to show (default: ${DEFAULT-VALUE}).")
  private int top;

  @Mixin private JsonOption json;

  /** The SavedModel's folder, or a file in another format. */
  Path model() {
    Rules.present("MODEL", model);
    return model;
  }

  /** The images' files, at least one. */
  List<Path> images() {
    return List.copyOf(images);
  }

  /** How many classes to show for an image. */
  int top() {
    Rules.atLeast("--top", 1, top);
    return top;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
