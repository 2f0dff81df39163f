package org.proxyless.search.sweep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.settings.Rules;

/**
 * What one cell needs of the machine it runs on.
 *
 * @param cpus processors, which are the search's threads as well; with 1 a cell can be repeated to
 *     the last bit
 * @param gpus graphics processors that nobody else uses meanwhile
 * @param memoryMebibytes main memory; a cell that takes more may be killed by the system
 * @param attempts how often it is tried before it counts as failed
 */
public record CellNeeds(
    int cpus, int gpus, @JsonProperty(MEMORY) int memoryMebibytes, int attempts) {
  private static final String MEMORY = "memory-mib";
  public static final int DEFAULT_CPUS = 1;
  public static final int DEFAULT_MEMORY_MEBIBYTES = 3072;
  public static final int DEFAULT_ATTEMPTS = 3;

  /** One processor, no GPU, 3 GiB, three attempts. */
  public static final CellNeeds DEFAULT =
      new CellNeeds(DEFAULT_CPUS, 0, DEFAULT_MEMORY_MEBIBYTES, DEFAULT_ATTEMPTS);

  private static final int MOST_CPUS = 1024;
  private static final int MOST_GPUS = 64;
  private static final int LEAST_MEMORY = 512;
  private static final int MOST_ATTEMPTS = 100;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if one is out of its range
   */
  public CellNeeds {
    Rules.between("cell: cpus", 1, MOST_CPUS, cpus);
    Rules.between("cell: gpus", 0, MOST_GPUS, gpus);
    Rules.atLeast("cell: " + MEMORY, LEAST_MEMORY, memoryMebibytes);
    Rules.between("cell: attempts", 1, MOST_ATTEMPTS, attempts);
  }

  /** From a sweep's file, in which any may be left out. */
  @JsonCreator
  static CellNeeds of(
      @JsonProperty("cpus") Integer cpus,
      @JsonProperty("gpus") Integer gpus,
      @JsonProperty(MEMORY) Integer memoryMebibytes,
      @JsonProperty("attempts") Integer attempts) {
    return new CellNeeds(
        cpus == null ? DEFAULT_CPUS : cpus,
        gpus == null ? 0 : gpus,
        memoryMebibytes == null ? DEFAULT_MEMORY_MEBIBYTES : memoryMebibytes,
        attempts == null ? DEFAULT_ATTEMPTS : attempts);
  }
}
