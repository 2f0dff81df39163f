package org.proxyless.search.sweep.cell;

import java.io.Serializable;

/**
 * Where a cell runs.
 *
 * @param host the machine's name
 * @param slot which of the machine's; empty where there is nothing to tell them apart by
 */
public record Place(String host, String slot) implements Serializable {
  @Override
  public String toString() {
    return slot.isEmpty() ? host : host + "/" + slot;
  }
}
