package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.proxyless.base.JsonReport;
import org.proxyless.search.job.revisit.ImageClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a SavedModel on images. */
@Command(name = "classify", description = "Classifies images with a SavedModel.")
public final class ClassifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClassifyOptions options;

  @Override
  public Integer call() {
    List<Map<String, Object>> images = new ArrayList<>();
    int top = options.top();
    try (ImageClassifier classifier = ImageClassifier.open(options.model())) {
      for (Path file : options.images()) {
        float[] probabilities = classifier.probabilities(file);
        List<Map<String, Object>> likeliest = likeliest(classifier, probabilities, top);
        print(file, likeliest);
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("file", file);
        image.put("classes", likeliest);
        images.add(image);
      }
    }
    new JsonReport().put("images", images).write(options.json());
    return 0;
  }

  private static List<Map<String, Object>> likeliest(
      ImageClassifier classifier, float[] probabilities, int top) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
        .limit(top)
        .map(
            c -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("name", classifier.classNames().get(c));
              entry.put("probability", probabilities[c]);
              return entry;
            })
        .toList();
  }

  private void print(Path file, List<Map<String, Object>> likeliest) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(file);
    for (Map<String, Object> entry : likeliest) {
      double percent = 100 * (float) entry.get("probability");
      out.printf(Locale.ROOT, "  %5.1f %%  %s%n", percent, entry.get("name"));
    }
  }
}
