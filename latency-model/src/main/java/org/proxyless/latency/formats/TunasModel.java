package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictFields;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.TableKeys;
import org.proxyless.network.OperatorType;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

/**
 * The linear cost model of a Pixel 1 that TuNAS published (Bender et al., CVPR 2020) for the
 * ProxylessNAS space: a bias, and a signed term for each operator of each layer. Its layer 0 is the
 * first block, whose kernel TuNAS also chooses. The bias holds stem, head and classifier whatever
 * their channels; it was fitted with 3 input channels and 1,000 classes.
 */
final class TunasModel {
  private static final Pattern MBCONV = Pattern.compile("k(\\d)e(\\d)");
  private static final Pattern FIRST = Pattern.compile("sep_k(\\d)");

  private final Path file;
  private final Imported imported;

  private TunasModel(Path file, Imported imported) {
    this.file = file;
    this.imported = imported;
  }

  /**
   * Reads a model.
   *
   * @param device what the table is to be called
   * @throws InvalidInputException naming the line, if the file is not such a model
   */
  static LatencyTable read(Path file, String device) {
    LatencyTable.Builder table = LatencyTable.linearModel(device, "proxyless-mobile");
    return new TunasModel(file, new Imported(table)).read(StrictFields.readJson(file));
  }

  private LatencyTable read(StrictFields model) {
    Map<String, String> origin = new TreeMap<>(Map.of("imported", file.getFileName().toString()));
    for (String key : List.of("source", "commit", "licence")) {
      if (model.has(key)) {
        origin.put(key, model.text(key));
      }
    }
    if (!model.text("unit").matches("ms\\b.*")) {
      throw new InvalidInputException(
          model.where("unit")
              + " is '"
              + model.text("unit")
              + "'; it must be ms. Convert the file.");
    }
    model.has("dtype"); // says only how the authors' own file stores the numbers
    imported.put(
        model.where("bias"), LatencyTable.BIAS, LatencyEntry.ofMillis(model.number("bias")));
    MobileChain chain = chain(model);
    List<StrictFields> layers = model.objects("layers");
    if (layers.size() != chain.blocks().size()) {
      throw new InvalidInputException(
          model.where("layers")
              + " has "
              + layers.size()
              + " layers; it must have "
              + chain.blocks().size()
              + ".");
    }
    for (int i = 0; i < layers.size(); i++) {
      layer(layers.get(i), i, chain.blocks().get(i));
    }
    model.requireNoOthers();
    for (int place : chain.otherPlaces()) {
      imported.put(model.where("bias"), TableKeys.anyAt(place), LatencyEntry.ofMillis(0));
    }
    return imported.table().toolVersions(origin).build();
  }

  private static MobileChain chain(StrictFields model) {
    List<Integer> filters = model.wholeNumbers("filters");
    int count = MobileChain.stages() + 3;
    if (filters.size() != count || filters.stream().anyMatch(channels -> channels < 1)) {
      throw new InvalidInputException(
          model.where("filters")
              + " is "
              + filters
              + "; it must be "
              + count
              + " numbers of channels: stem, first block, the stages, head.");
    }
    return MobileChain.of(filters.get(0), filters.get(1), filters.subList(2, count - 1));
  }

  private void layer(StrictFields layer, int index, MobileChain.Block block) {
    if (layer.wholeNumber("layer") != index) {
      throw new InvalidInputException(
          layer.where("layer")
              + " is "
              + layer.wholeNumber("layer")
              + "; it must be "
              + index
              + ": layers stand in order.");
    }
    boolean first = layer.text("kind").equals("sepconv");
    if (first != (index == 0)) {
      throw new InvalidInputException(
          layer.where("kind") + " is '" + layer.text("kind") + "'; layer 0 alone is 'sepconv'.");
    }
    boolean skippable = layer.has("skippable") && layer.flag("skippable");
    StrictFields operators = layer.object("ops");
    if (skippable != operators.keys().contains("zero") || (skippable && !block.hasShortcut())) {
      throw new InvalidInputException(
          layer.where("skippable")
              + " is "
              + skippable
              + "; it must say whether the layer has 'zero', which needs stride 1 and equal channels.");
    }
    for (String name : operators.keys()) {
      imported.put(
          operators.where(name),
          block.key(type(operators, name, first)),
          LatencyEntry.ofMillis(operators.number(name)));
    }
    layer.requireNoOthers();
  }

  private static OperatorType type(StrictFields operators, String name, boolean first) {
    Matcher parts = (first ? FIRST : MBCONV).matcher(name);
    if (parts.matches()) {
      int kernel = Integer.parseInt(parts.group(1));
      int expansion = first ? 1 : Integer.parseInt(parts.group(2));
      try {
        return new MBConv(kernel, expansion);
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(operators.where(name) + ": " + e.getMessage() + ".", e);
      }
    }
    if (name.equals("zero") && !first) {
      return new Zero();
    }
    throw new InvalidInputException(
        operators.where(name)
            + " is no operator; expected "
            + (first ? "sep_k3, sep_k5, sep_k7." : "k3e3, k3e6, … k7e6 or zero."));
  }
}
