package org.proxyless.devices.format;

import java.util.List;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

/** Tells what networks take of a small device in one format. Weights make no difference. */
public interface FootprintModel {
  /**
   * What a network takes, exactly.
   *
   * @param classNames which are part of the file
   * @throws org.proxyless.base.InvalidInputException if the network has no such form
   */
  Footprint of(Network network, List<String> classNames);

  /** Bytes of memory that are in use at once while an operator runs, in whatever network. */
  long leastMemoryBytes(Operator operator);

  /** Bytes by which an operator makes a file larger; in a network it can be some bytes less. */
  long fileBytes(Operator operator);
}
