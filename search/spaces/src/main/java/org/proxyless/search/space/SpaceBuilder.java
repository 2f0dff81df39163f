package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Coupling;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Zero;

/** Lays a space's stages out as blocks for an input, a number of classes and a width. */
final class SpaceBuilder {
  private final String source;
  private final SpaceFile file;
  private final Width width;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Coupling> couplings = new ArrayList<>();
  private Shape shape;

  SpaceBuilder(String source, SpaceFile file, Width width, Shape input) {
    this.source = source;
    this.file = file;
    this.width = width;
    this.shape = input;
  }

  SearchSpace build(String name, int classes) {
    Shape input = shape;
    for (SpaceFile.Stage stage : file.blocks()) {
      int channels = stage.channels() == null ? classes : width.of(stage.channels());
      List<Integer> skippable = new ArrayList<>();
      for (int cell = 1; cell <= stage.cells(); cell++) {
        String cellName = stage.cells() == 1 ? stage.name() : stage.name() + "." + cell;
        if (stage.maySkip(cell)) {
          skippable.add(blocks.size());
        }
        add(cellName, types(stage, cell), stage.wantsShortcut(), channels, stride(stage, cell));
      }
      couple(skippable);
    }
    return SearchSpace.chain(name, input, classes, blocks, couplings);
  }

  private static int stride(SpaceFile.Stage stage, int cell) {
    return cell == 1 ? stage.stride() : 1;
  }

  /** Where a stage says how many of its cells are needed, Zero comes last where it may be. */
  private List<OperatorType> types(SpaceFile.Stage stage, int cell) {
    List<SpaceFile.Type> named =
        stage.candidates() == null ? file.candidates() : stage.candidates();
    Stream<OperatorType> types =
        (stage.operator() == null ? named : List.of(stage.operator()))
            .stream().map(SpaceFile.Type::type);
    if (stage.fewest() == null) {
      return types.toList();
    }
    Stream<OperatorType> others = types.filter(type -> !(type instanceof Zero));
    return Stream.concat(others, stage.maySkip(cell) ? Stream.of(new Zero()) : Stream.empty())
        .toList();
  }

  /** Of the blocks of a stage that may be skipped, the last ones are. */
  private void couple(List<Integer> skippable) {
    if (skippable.size() > 1) {
      int[] sizes = skippable.stream().mapToInt(b -> blocks.get(b).candidates().size()).toArray();
      int before = (int) blocks.subList(0, skippable.get(0)).stream().filter(Block::isEdge).count();
      couplings.add(Coupling.skippingFromTheEnd(before, sizes));
    }
  }

  private void add(
      String name, List<OperatorType> types, boolean wantsShortcut, int channels, int stride) {
    boolean shortcut = wantsShortcut && stride == 1 && channels == shape.channels();
    List<Operator> operators =
        types.stream()
            .filter(type -> type.fits(shape, channels, stride))
            .map(type -> operator(name, type, channels, stride, shortcut))
            .toList();
    if (operators.isEmpty()) {
      throw new InvalidInputException(
          source
              + ": block '"
              + name
              + "' has no operator that fits "
              + shape
              + " → "
              + channels
              + " channels at stride "
              + stride
              + ". Name one that does.");
    }
    blocks.add(new Block(name, operators));
    shape = operators.get(0).output();
  }

  private Operator operator(
      String block, OperatorType type, int channels, int stride, boolean shortcut) {
    Operator operator = new Operator(type, shape, channels, stride, shortcut);
    if (operator.isZero() && !shortcut) {
      throw new InvalidInputException(
          source
              + ": block '"
              + block
              + "': "
              + type.label()
              + " without a shortcut would cut the network in two.");
    }
    return operator;
  }
}
