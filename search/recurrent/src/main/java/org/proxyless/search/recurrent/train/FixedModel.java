package org.proxyless.search.recurrent.train;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell.Weight;

/** The weights of one language model. */
final class FixedModel implements ModelNodes {
  private static final String ONE = "";

  private final Tape tape;
  private final Architecture architecture;
  private final List<Parameter> parameters;

  FixedModel(Tape tape, Architecture architecture, int vocabulary) {
    this.tape = tape;
    this.architecture = architecture;
    parameters = architecture.weights(vocabulary).stream().map(FixedModel::parameter).toList();
    parameters.forEach(parameter -> parameter.declare(tape.graph(), parameter.name()));
  }

  private static Parameter parameter(Weight weight) {
    return weight.rows() == 1
        ? new Parameter(weight.name(), 1, weight.columns())
        : new Parameter(weight.name(), 1, weight.rows(), weight.columns());
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public String embedded(String tokens) {
    return tape.rows(decoder(), tokens);
  }

  @Override
  public String decoder() {
    return Parameter.read(Architecture.EMBEDDING);
  }

  @Override
  public Optional<String> projection() {
    return architecture.rank() == 0
        ? Optional.empty()
        : Optional.of(Parameter.read(Architecture.PROJECTION));
  }

  @Override
  public String width() {
    return tape.integer(architecture.embedding());
  }

  @Override
  public Optional<String> bias() {
    return architecture.decoderBias()
        ? Optional.of(Parameter.read(Architecture.BIAS))
        : Optional.empty();
  }

  @Override
  public CellNodes cell(UnaryOperator<String> mask) {
    return CellNodes.of(architecture.cell(), tape, Parameter::read, mask);
  }

  @Override
  public List<Descent.Update> updates() {
    return parameters.stream()
        .map(
            parameter -> {
              String value = Parameter.read(parameter.name());
              return new Descent.Update(parameter, value, tape.gradient(value), ONE);
            })
        .toList();
  }
}
