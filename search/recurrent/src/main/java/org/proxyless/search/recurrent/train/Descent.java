package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.tensorflow.proto.DataType;

/**
 * Writes one step of stochastic gradient descent: all gradients are scaled down where their common
 * norm is above a limit (Pascanu et al., 2013), then w ← w − rate·(g + decay·w). And one step of
 * averaging: w̄ ← w̄ + share·(w − w̄) (Polyak and Juditsky, 1992).
 */
final class Descent {
  private static final float AGAINST_ZERO = 1e-6f;

  private final GraphWriter graph;
  private final List<Update> updates = new ArrayList<>();

  /**
   * What a step changes.
   *
   * @param value the tensor that was used
   * @param gradient of it
   * @param copy which of several was used, int32 [1]; of one it means nothing
   */
  record Update(Parameter parameter, String value, String gradient, String copy) {}

  Descent(GraphWriter graph) {
    this.graph = graph;
  }

  void add(Update update) {
    updates.add(update);
  }

  /**
   * Writes the step.
   *
   * @param loss is checked first, so that one that is not finite changes nothing
   * @param rate a number
   * @param target what runs it
   */
  void write(String loss, String rate, double clip, double weightDecay, String target) {
    String scale = scale(loss, clip);
    String decay = graph.scalar("descent/decay", (float) weightDecay);
    List<String> written = new ArrayList<>();
    for (Update update : updates) {
      String name = "descent/" + update.parameter().name();
      String scaled = floats("Mul", name + "/scaled", update.gradient(), scale);
      String decayed =
          weightDecay == 0
              ? scaled
              : floats(
                  "AddV2",
                  name + "/decayed",
                  scaled,
                  floats("Mul", name + "/decay", update.value(), decay));
      written.add(
          update.parameter().copies() == 1
              ? graph
                  .node("ResourceApplyGradientDescent", name)
                  .input(update.parameter().name(), rate, decayed)
                  .floats()
                  .add()
              : descendOne(name, update, floats("Mul", name + "/step", decayed, rate)));
    }
    group(target, written);
  }

  private String descendOne(String name, Update update, String step) {
    String axis = graph.integer(name + "/axis", 0);
    String row =
        graph
            .node("ExpandDims", name + "/row")
            .input(step, axis)
            .floats()
            .type("Tdim", DataType.DT_INT32)
            .add();
    return graph
        .node("ResourceScatterSub", name)
        .input(update.parameter().name(), update.copy(), row)
        .type("dtype", DataType.DT_FLOAT)
        .type("Tindices", DataType.DT_INT32)
        .add();
  }

  /** min(1, clip / norm), behind checks of the loss and the norm. */
  private String scale(String loss, double clip) {
    String checked = check("descent/loss-check", loss, "the loss");
    List<String> squares = new ArrayList<>();
    for (Update update : updates) {
      squares.add(
          graph
              .node("L2Loss", "descent/" + update.parameter().name() + "/half-square")
              .input(update.gradient())
              .floats()
              .add());
    }
    String half =
        graph
            .node("AddN", "descent/half-squares")
            .input(squares.toArray(String[]::new))
            .after(checked)
            .floats()
            .attribute("N", squares.size())
            .add();
    String whole = floats("Mul", "descent/squares", half, graph.scalar("descent/two", 2));
    String norm =
        check(
            "descent/norm-check",
            graph.node("Sqrt", "descent/norm").input(whole).floats().add(),
            "a gradient");
    String above =
        floats("AddV2", "descent/above-zero", norm, graph.scalar("descent/least", AGAINST_ZERO));
    String share =
        floats("RealDiv", "descent/share", graph.scalar("descent/clip", (float) clip), above);
    return floats("Minimum", "descent/scale", share, graph.scalar("descent/one", 1));
  }

  private String check(String name, String number, String what) {
    return graph
        .node("CheckNumerics", name)
        .input(number)
        .floats()
        .attribute("message", LanguageSession.MARK + what)
        .add();
  }

  private String floats(String operation, String name, String... inputs) {
    return graph.node(operation, name).input(inputs).floats().add();
  }

  private void group(String target, List<String> nodes) {
    GraphWriter.Node group = graph.node("NoOp", target);
    nodes.forEach(group::after);
    group.add();
  }

  /**
   * Writes the averaging of all variables.
   *
   * @param share a number
   * @param target what runs it
   */
  void writeAveraging(String share, String target) {
    List<String> written = new ArrayList<>();
    for (Update update : updates) {
      Parameter parameter = update.parameter();
      parameter.declare(graph, parameter.average());
      String difference =
          floats(
              "Sub",
              parameter.average() + "/difference",
              Parameter.read(parameter.average()),
              Parameter.read(parameter.name()));
      written.add(
          graph
              .node("ResourceApplyGradientDescent", parameter.average() + "/step")
              .input(parameter.average(), share, difference)
              .floats()
              .add());
    }
    group(target, written);
  }
}
