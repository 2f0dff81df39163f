package org.proxyless.search.space;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.proxyless.network.OperatorType;
import org.proxyless.network.OperatorTypes;

/**
 * A search space as written in YAML: a chain of blocks, or cells that are repeated.
 *
 * @param description one line for {@code list spaces}
 * @param input the shape of one image, unless the data set has another
 * @param classes unless the data set has another number
 * @param candidates the operators that every stage which names none of its own, or edge of a cell,
 *     chooses from. Left out: none, where nothing is chosen from them
 * @param blocks from the image to the logits; the last one's channels are the classes
 * @param cells instead of blocks
 */
record SpaceFile(
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) Size input,
    @JsonProperty(required = true) int classes,
    List<Type> candidates,
    List<Stage> blocks,
    Cells cells) {

  SpaceFile {
    Objects.requireNonNull(input, "input");
    require(
        (blocks == null) != (cells == null),
        blocks == null ? "name blocks or cells." : "name blocks or cells, not both.");
    require(classes >= 2, "classes is " + classes + "; it must be at least 2.");
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
    requireDistinct("", candidates);
    blocks = blocks == null ? List.of() : List.copyOf(blocks);
    boolean chooses = cells == null || cells.normal == null || cells.reduction == null;
    boolean ownAll =
        cells == null
            && blocks.stream().anyMatch(block -> block.candidates != null)
            && blocks.stream()
                .allMatch(block -> block.operator != null || block.candidates != null);
    require(
        candidates.isEmpty() != (chooses && !ownAll),
        ownAll
            ? "candidates are named, but each block has its own."
            : chooses
                ? "candidates is empty; name at least one operator."
                : "candidates are named, but both cells are given: nothing is chosen.");
    requireStages(blocks, cells == null);
  }

  private static void requireDistinct(String where, List<Type> candidates) {
    require(
        candidates.stream().distinct().count() == candidates.size(),
        where + "candidates names an operator twice.");
  }

  private static void requireStages(List<Stage> blocks, boolean wanted) {
    require(!wanted || !blocks.isEmpty(), "blocks is empty; name at least the classifier.");
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

  /**
   * Cells, repeated (Liu et al., DARTS, 2019): each takes what the two before it give, its nodes
   * are sums of edges, and it gives the channels of some nodes together. Two of them, behind a
   * third and two thirds of all, halve the feature maps and double the channels.
   *
   * @param form how the cells are put together. Left out: {@code darts}
   * @param channels of each node of the first cells
   * @param layers how many cells
   * @param stem what stands before the cells. Left out: {@code conv}
   * @param nodes of a cell that is chosen. Left out: 4
   * @param kept edges of each node of a cell that is chosen. Left out: 2
   * @param normal the nodes of the cells that keep the size, like {@code sep3 0 + skip 1}; states 0
   *     and 1 are what the cell before last and the last one give, 2 is the first node. Left out:
   *     chosen
   * @param reduction the same of the cells that halve it
   * @param normalOutput the states that a normal cell gives. Left out: all nodes
   * @param reductionOutput the same of a reduction cell
   * @param stemChannels behind the convolution of {@code conv-reductions}. Left out: 32
   * @param skipsReductionInput whether the normal cell behind a reduction cell has as its older
   *     input what the cell before last of that reduction gave; else what the last one did. For
   *     {@code nasnet}. Left out: no
   */
  record Cells(
      Form form,
      @JsonProperty(required = true) int channels,
      @JsonProperty(required = true) int layers,
      Stem stem,
      Integer nodes,
      Integer kept,
      List<String> normal,
      List<String> reduction,
      List<Integer> normalOutput,
      List<Integer> reductionOutput,
      Integer stemChannels,
      Boolean skipsReductionInput) {
    private static final int FEWEST_LAYERS = 3; // so that there are two reductions
    private static final int MOST_LAYERS = 100;
    private static final int MOST_NODES = 7; // more have too many combinations of edges
    private static final int NODES = 4;
    private static final int NODES_OF_CHOSEN_INPUTS = 5;
    private static final int MOST_NODES_OF_CHOSEN_INPUTS = 16;
    private static final int STEM_CHANNELS = 32; // of NASNet-A mobile
    private static final int KEPT = 2;

    /** What stands before the cells. */
    enum Stem {
      /** One convolution to three times the channels. */
      @JsonProperty("conv")
      CONV,
      /** Three convolutions that each halve the feature map, as for images of 224 pixels. */
      @JsonProperty("conv-halving")
      CONV_HALVING,
      /** One convolution that halves the feature map and two reduction cells. */
      @JsonProperty("conv-reductions")
      CONV_REDUCTIONS
    }

    /** How cells are put together, each as in the code of its paper. */
    enum Form {
      /** Liu et al., 2019. */
      @JsonProperty("darts")
      DARTS,
      /** Zoph et al., 2018; Real et al., 2019: two reduction cells between normal ones. */
      @JsonProperty("nasnet")
      NASNET,
      /** Pham et al., 2018, micro space: two of the cells are reduction cells. */
      @JsonProperty("enas")
      ENAS,
      /** Dong and Yang, 2020: stages of cells with one input, residual blocks between them. */
      @JsonProperty("nas-bench-201")
      NAS_BENCH_201
    }

    Cells {
      form = form == null ? Form.DARTS : form;
      if (form == Form.NAS_BENCH_201) {
        require(
            layers % BenchCells.STAGES == 0,
            "cells: layers is " + layers + "; three stages need a multiple of 3.");
        require(
            stem == null
                && nodes == null
                && kept == null
                && normal == null
                && reduction == null
                && normalOutput == null
                && reductionOutput == null,
            "cells: of form nas-bench-201 only channels and layers can be set.");
      }
      boolean ofNasnet = form == Form.NASNET;
      require(
          ofNasnet || skipsReductionInput == null && stemChannels == null,
          "cells: stemChannels and skipsReductionInput are for form nasnet.");
      require(
          stem == null
              || stem == Stem.CONV
              || form == Form.DARTS && stem == Stem.CONV_HALVING
              || ofNasnet && stem == Stem.CONV_REDUCTIONS,
          "cells: the form has no such stem.");
      stemChannels = stemChannels == null ? Integer.valueOf(STEM_CHANNELS) : stemChannels;
      skipsReductionInput = Boolean.TRUE.equals(skipsReductionInput);
      Stage.between("cells", "stemChannels", stemChannels, Stage.MAX_CHANNELS);
      Stage.between("cells", "channels", channels, Stage.MAX_CHANNELS);
      require(
          layers >= FEWEST_LAYERS && layers <= MOST_LAYERS,
          "cells: layers is "
              + layers
              + "; it must be from "
              + FEWEST_LAYERS
              + " to "
              + MOST_LAYERS
              + ".");
      stem = stem == null ? Stem.CONV : stem;
      boolean choosesInputs = ofNasnet || form == Form.ENAS;
      require(
          !choosesInputs || kept == null,
          "cells: kept is for form darts; of these forms each node takes two.");
      if (nodes == null) {
        nodes = choosesInputs ? NODES_OF_CHOSEN_INPUTS : NODES;
      }
      kept = kept == null ? Integer.valueOf(KEPT) : kept;
      Stage.between(
          "cells", "nodes", nodes, choosesInputs ? MOST_NODES_OF_CHOSEN_INPUTS : MOST_NODES);
      Stage.between("cells", "kept", kept, 2); // the first node has two edges
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
   * @param candidates that the search chooses from here. Left out: those of the space
   * @param fewest of the cells that every network has; of the others the last ones may be skipped.
   *     Left out: what the candidates say, as Zero is among them or not
   */
  record Stage(
      @JsonProperty(required = true) String name,
      Integer channels,
      Integer stride,
      Integer cells,
      Type operator,
      Boolean shortcut,
      List<Type> candidates,
      Integer fewest) {
    static final int MAX_CHANNELS = 65_536;
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
      requireCandidates(name, operator, candidates);
      requireFewest(name, operator, cells, fewest);
    }

    private static void requireCandidates(String name, Type operator, List<Type> candidates) {
      if (candidates != null) {
        String where = "block '" + name + "': ";
        require(operator == null, where + "it has an operator, so it cannot have candidates.");
        require(!candidates.isEmpty(), where + "candidates is empty; name at least one operator.");
        requireDistinct(where, candidates);
      }
    }

    private static void requireFewest(String name, Type operator, int cells, Integer fewest) {
      if (fewest != null) {
        require(
            operator == null,
            "block '" + name + "': fewest is for blocks that the search chooses, not a fixed one.");
        between(name, "fewest", fewest, cells);
      }
    }

    /** Whether a cell, the first being 1, may be skipped because fewer are enough. */
    boolean maySkip(int cell) {
      return fewest != null && cell > fewest;
    }

    boolean wantsShortcut() {
      return operator == null || Boolean.TRUE.equals(shortcut);
    }

    static void between(String block, String key, int value, int most) {
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
