package org.proxyless.benchmarks.jmh;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How records are written for measuring processes and journals. */
public final class Messages {
  /** Of records, their components and no more: what {@code isX()} tells follows from them. */
  public static final ObjectMapper JSON =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private Messages() {}
}
