package org.proxyless.search.job.revisit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.proxyless.base.JsonReport;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.PixelPicture;
import org.proxyless.search.data.Split;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.train.Calibration;
import org.proxyless.search.train.Evaluation;
import org.proxyless.search.train.Predictions;
import org.proxyless.search.train.Predictions.Mistake;

/**
 * What a trained network is worth on its test images: class by class, how far its confidence can be
 * trusted, and what it is surest of and wrong about.
 *
 * @param evaluation class by class
 * @param calibration of its confidence
 * @param mistakes the surest first
 * @param classNames in the order of the labels
 */
public record Examination(
    Evaluation evaluation,
    Calibration calibration,
    List<Mistake> mistakes,
    List<String> classNames) {
  /** The folder in a run's directory. */
  static final String FOLDER = "evaluation";

  /** The figures in a run's directory. */
  public static final String FILE = FOLDER + "/evaluation.json";

  /** Mistakes that are kept unless another number is asked for. */
  public static final int DEFAULT_MISTAKES = 24;

  static Examination of(Predictions predictions, Dataset dataset, int mistakes) {
    return new Examination(
        predictions.evaluation(),
        predictions.calibration(Calibration.BINS),
        predictions.mistakes(mistakes),
        dataset.classNames());
  }

  /**
   * Writes the figures and the pictures, in place of earlier ones. The figures come last, so that
   * the pictures that they name are there.
   */
  void write(Split images, RunDirectory run) {
    run.delete(FOLDER);
    byte[] pixels = new byte[(int) images.shape().elements()];
    for (int m = 0; m < mistakes.size(); m++) {
      images.read(mistakes.get(m).image(), pixels);
      PixelPicture.write(pixels, images.shape(), run.file(FOLDER).resolve(picture(m)));
    }
    JsonReport report = new JsonReport();
    figures().forEach(report::put);
    report.write(run.file(FILE));
  }

  /** The name of a mistake's picture in the folder. */
  public static String picture(int mistake) {
    return String.format(Locale.ROOT, "mistake-%02d.png", mistake + 1);
  }

  /** Where a run's pictures are. */
  public static Path pictures(Path run) {
    return run.resolve(FOLDER);
  }

  /** The figures under stable keys, for {@code --json} and the report. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("testAccuracy", evaluation.accuracy());
    figures.put("balancedAccuracy", orNull(evaluation.balancedAccuracy()));
    figures.put("macroF1", orNull(evaluation.macroF1()));
    figures.put("images", evaluation.images());
    figures.put("perClassAccuracy", perClassAccuracy());
    figures.put("perClass", perClass());
    figures.put("classes", classNames);
    figures.put("confusion", evaluation.confusion());
    figures.put("calibration", calibrationFigures());
    figures.put("mistakes", mistakeFigures());
    return figures;
  }

  private Map<String, Double> perClassAccuracy() {
    Map<String, Double> accuracies = new LinkedHashMap<>();
    for (int c = 0; c < classNames.size(); c++) {
      accuracies.put(classNames.get(c), orNull(evaluation.accuracy(c)));
    }
    return accuracies;
  }

  private List<Map<String, Object>> perClass() {
    return IntStream.range(0, classNames.size()).mapToObj(this::ofClass).toList();
  }

  private Map<String, Object> ofClass(int label) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", classNames.get(label));
    figures.put("images", evaluation.images(label));
    figures.put("precision", orNull(evaluation.precision(label)));
    figures.put("recall", orNull(evaluation.recall(label)));
    figures.put("f1", orNull(evaluation.f1(label)));
    return figures;
  }

  private Map<String, Object> calibrationFigures() {
    List<Map<String, Object>> bins = new ArrayList<>();
    for (Calibration.Bin bin : calibration.bins()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("from", bin.from());
      figures.put("to", bin.to());
      figures.put("images", bin.images());
      figures.put("accuracy", orNull(bin.accuracy()));
      figures.put("confidence", orNull(bin.confidence()));
      bins.add(figures);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("expectedCalibrationError", calibration.error());
    figures.put("meanConfidence", calibration.confidence());
    figures.put("bins", bins);
    return figures;
  }

  private List<Map<String, Object>> mistakeFigures() {
    return IntStream.range(0, mistakes.size()).mapToObj(this::ofMistake).toList();
  }

  private Map<String, Object> ofMistake(int number) {
    Mistake mistake = mistakes.get(number);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("image", mistake.image());
    figures.put("class", classNames.get(mistake.label()));
    figures.put("predicted", classNames.get(mistake.predicted()));
    figures.put("confidence", mistake.confidence());
    figures.put("picture", picture(number));
    return figures;
  }

  /** Where there is no such image there is no such figure. */
  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
