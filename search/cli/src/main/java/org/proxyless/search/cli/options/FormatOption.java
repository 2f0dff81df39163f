package org.proxyless.search.cli.options;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import picocli.CommandLine.Option;

/** The formats that a network is written in beside its SavedModel. */
public final class FormatOption {
  static final String NAME = "--format";

  /** What the help shows: the formats on the class path. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NetworkFormats.all().stream().map(NetworkFormat::name).iterator();
    }
  }

  @Option(
      names = NAME,
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Names.class,
      description =
          "Writes the network in these formats too, beside the SavedModel, and shows their accuracy"
              + " on the test split: ${COMPLETION-CANDIDATES}. Several with commas.")
  private List<String> names = new ArrayList<>();

  /**
   * The formats that were asked for, each once.
   *
   * @throws org.proxyless.base.InvalidInputException if one is not known
   */
  public List<NetworkFormat> formats() {
    return names.stream().distinct().map(NetworkFormats::named).toList();
  }
}
