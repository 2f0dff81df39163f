package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictFields;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.TableKeys;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

/**
 * The runtime model of a Pixel 1 that Single-Path NAS published (Stamoulis et al., 2019): for each
 * of 22 layers the milliseconds of four operators. A network's total is a constant, in which stem,
 * head, classifier and the layers 0 and 21 are, and the layers between; skipping one costs 0.7 ms.
 * Neither constant stands in the file.
 */
final class SinglePathNasModel {
  private static final double FIXED_MILLIS = 19.5999;
  private static final double SKIP_MILLIS = 0.7;
  private static final MobileChain CHAIN =
      MobileChain.of(32, 16, List.of(24, 40, 80, 96, 192, 320));

  /** What the file calls 0 to 3. */
  private static final List<MBConv> OPERATORS =
      List.of(new MBConv(3, 3), new MBConv(3, 6), new MBConv(5, 3), new MBConv(5, 6));

  private SinglePathNasModel() {}

  /**
   * Reads a model. Its first and last layer are fixed to their published operators, MBConv1 3×3 and
   * MBConv6 3×3, which the constant holds.
   *
   * @param device what the table is to be called
   * @throws InvalidInputException naming the line, if the file is not such a model
   */
  static LatencyTable read(Path file, String device) {
    StrictFields model = StrictFields.readJson(file);
    Imported imported = new Imported(LatencyTable.linearModel(device, "proxyless-imagenet"));
    LatencyEntry none = LatencyEntry.ofMillis(0);
    imported.put(model.where(), LatencyTable.BIAS, LatencyEntry.ofMillis(FIXED_MILLIS));
    int last = CHAIN.blocks().size() - 1;
    for (MobileChain.Block block : CHAIN.blocks()) {
      int number = block.place() - 1;
      StrictFields layer = model.object(String.valueOf(number));
      List<LatencyEntry> entries = entries(layer);
      if (number == 0 || number == last) {
        imported.put(layer.where(), block.key(new MBConv(3, number == 0 ? 1 : 6)), none);
      } else {
        for (int i = 0; i < entries.size(); i++) {
          String where = layer.where(String.valueOf(i));
          imported.put(where, block.key(OPERATORS.get(i)), entries.get(i));
        }
        if (block.hasShortcut()) {
          imported.put(layer.where(), block.key(new Zero()), LatencyEntry.ofMillis(SKIP_MILLIS));
        }
      }
    }
    model.requireNoOthers();
    for (int place : CHAIN.otherPlaces()) {
      imported.put(model.where(), TableKeys.anyAt(place), none);
    }
    return imported.table().toolVersions(Map.of("imported", file.getFileName().toString())).build();
  }

  private static List<LatencyEntry> entries(StrictFields layer) {
    List<LatencyEntry> entries = new ArrayList<>();
    for (int i = 0; i < OPERATORS.size(); i++) {
      String name = String.valueOf(i);
      double millis = layer.number(name);
      if (!(millis > 0)) {
        throw new InvalidInputException(
            layer.where(name) + " is " + millis + " ms; it must be positive. Correct the file.");
      }
      entries.add(LatencyEntry.ofMillis(millis));
    }
    layer.requireNoOthers();
    return entries;
  }
}
