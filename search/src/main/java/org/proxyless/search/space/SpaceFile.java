package org.proxyless.search.space;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.OperatorTypes;

/**
 * A search space as written in YAML.
 *
 * @param description one line for {@code list spaces}
 * @param input the shape of one image, unless the data set has another
 * @param classes unless the data set has another number
 * @param candidates the operators that every stage chooses from
 * @param blocks from the image to the logits; the last one's channels are the classes
 */
record SpaceFile(
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) Size input,
    @JsonProperty(required = true) int classes,
    @JsonProperty(required = true) List<Type> candidates,
    @JsonProperty(required = true) List<Stage> blocks) {

  SpaceFile {
    Objects.requireNonNull(input, "input");
    candidates = List.copyOf(candidates);
    blocks = List.copyOf(blocks);
    require(classes >= 2, "classes is " + classes + "; it must be at least 2.");
    require(!candidates.isEmpty(), "candidates is empty; name at least one operator.");
    require(
        candidates.stream().distinct().count() == candidates.size(),
        "candidates names an operator twice.");
    require(!blocks.isEmpty(), "blocks is empty; name at least the classifier.");
    require(
        blocks.stream().map(Stage::name).distinct().count() == blocks.size(),
        "two blocks have the same name.");
    for (Stage block : blocks) {
      boolean last = block == blocks.get(blocks.size() - 1);
      require(
          last == (block.channels == null),
          last
              ? "block '" + block.name + "' is the last: its channels are the classes, name none."
              : "block '" + block.name + "' has no channels.");
      require(!last || block.operator != null, "the last block needs an operator.");
    }
  }

  /** The extents of one image. */
  record Size(
      @JsonProperty(required = true) int height,
      @JsonProperty(required = true) int width,
      @JsonProperty(required = true) int channels) {
    Size {
      require(
          height > 0 && width > 0 && channels > 0,
          "input " + height + "x" + width + "x" + channels + " must be at least 1x1x1.");
    }
  }

  /** An operator type by its keys, see {@link OperatorTypes}. */
  record Type(OperatorType type) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Type of(Map<String, Object> keys) {
      return new Type(OperatorTypes.fromKeys(keys));
    }
  }

  /**
   * One block, or a row of equal ones.
   *
   * @param name unique; the cells of a row are called {@code name.1}, {@code name.2}, …
   * @param channels behind it
   * @param stride of the first cell; the others have 1. Left out: 1
   * @param cells in the row. Left out: 1
   * @param operator if this block is fixed. Left out: the search chooses among the candidates
   * @param shortcut for a fixed block: adds the input where stride is 1 and channels are equal, as
   *     every block with a choice does. Left out: false
   */
  record Stage(
      @JsonProperty(required = true) String name,
      Integer channels,
      Integer stride,
      Integer cells,
      Type operator,
      Boolean shortcut) {
    private static final int MAX_CHANNELS = 65_536;
    private static final int MAX_STRIDE = 2; // as Layer says
    private static final int MAX_CELLS = 1_000;

    Stage {
      require(name != null && !name.isBlank(), "a block has an empty name.");
      stride = stride == null ? Integer.valueOf(1) : stride;
      cells = cells == null ? Integer.valueOf(1) : cells;
      between(name, "channels", channels == null ? 1 : channels, MAX_CHANNELS);
      between(name, "stride", stride, MAX_STRIDE);
      between(name, "cells", cells, MAX_CELLS);
      require(
          shortcut == null || operator != null,
          "block '" + name + "': shortcut is for fixed blocks; where the search chooses it is on.");
    }

    boolean wantsShortcut() {
      return operator == null || Boolean.TRUE.equals(shortcut);
    }

    private static void between(String block, String key, int value, int most) {
      require(
          value >= 1 && value <= most,
          "block '"
              + block
              + "': "
              + key
              + " is "
              + value
              + "; it must be from 1 to "
              + most
              + ".");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
