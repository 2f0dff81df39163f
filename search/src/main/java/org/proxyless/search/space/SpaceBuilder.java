package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Operator;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

/** Lays a space's stages out as blocks for an input, a number of classes and a width. */
final class SpaceBuilder {
  private final String source;
  private final SpaceFile file;
  private final Width width;
  private final List<Block> blocks = new ArrayList<>();
  private Shape shape;

  SpaceBuilder(String source, SpaceFile file, Width width, Shape input) {
    this.source = source;
    this.file = file;
    this.width = width;
    this.shape = input;
  }

  SearchSpace build(String name, int classes) {
    try {
      return layOut(name, classes);
    } catch (IllegalArgumentException e) { // a rule of an operator, a block or the whole chain
      throw new InvalidInputException(source + ": " + e.getMessage() + ".", e);
    }
  }

  private SearchSpace layOut(String name, int classes) {
    Shape input = shape;
    for (SpaceFile.Stage stage : file.blocks()) {
      int channels = stage.channels() == null ? classes : width.of(stage.channels());
      for (int cell = 1; cell <= stage.cells(); cell++) {
        String cellName = stage.cells() == 1 ? stage.name() : stage.name() + "." + cell;
        add(stage, cellName, channels, cell == 1 ? stage.stride() : 1);
      }
    }
    return SearchSpace.chain(name, input, classes, blocks);
  }

  private void add(SpaceFile.Stage stage, String name, int channels, int stride) {
    List<SpaceFile.Type> types =
        stage.operator() == null ? file.candidates() : List.of(stage.operator());
    boolean shortcut = stage.wantsShortcut() && stride == 1 && channels == shape.channels();
    List<Operator> operators =
        types.stream()
            .map(SpaceFile.Type::type)
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
