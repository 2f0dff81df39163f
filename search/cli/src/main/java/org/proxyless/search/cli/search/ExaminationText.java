package org.proxyless.search.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.proxyless.search.job.revisit.Examination;
import org.proxyless.search.train.Calibration;
import org.proxyless.search.train.Evaluation;
import org.proxyless.search.train.Predictions.Mistake;

/** An examination for the terminal. */
final class ExaminationText {
  private static final int MISTAKES = 10;
  private static final int LONGEST_NAME = 24;

  private final Examination examination;
  private final Evaluation evaluation;

  ExaminationText(Examination examination) {
    this.examination = examination;
    this.evaluation = examination.evaluation();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "accuracy  %.2f %% on the %d images of the test split",
            100 * evaluation.accuracy(), evaluation.images()));
    lines.add(
        format(
            "balanced  %.2f %% mean recall of the classes, macro F1 %.2f %%",
            100 * evaluation.balancedAccuracy(), 100 * evaluation.macroF1()));
    Calibration calibration = examination.calibration();
    lines.add(
        format(
            "certain   %.2f %% on average, expected calibration error %.2f %% over %d bins of equal"
                + " width",
            100 * calibration.confidence(), 100 * calibration.error(), calibration.bins().size()));
    lines.add("");
    lines.addAll(new ConfusionText(evaluation, examination.classNames()).lines());
    lines.add("");
    lines.addAll(classes());
    if (!examination.mistakes().isEmpty()) {
      lines.add("");
      lines.addAll(mistakes());
    }
    return lines;
  }

  private List<String> classes() {
    List<String> names = examination.classNames().stream().map(ExaminationText::shortened).toList();
    int width = Math.max(5, names.stream().mapToInt(String::length).max().orElseThrow());
    List<String> lines = new ArrayList<>();
    lines.add(format("%-" + width + "s  images  precision    recall        F1", "class"));
    for (int c = 0; c < names.size(); c++) {
      lines.add(
          format(
              "%-" + width + "s  %6d  %9s %9s %9s",
              names.get(c),
              evaluation.images(c),
              percent(evaluation.precision(c)),
              percent(evaluation.recall(c)),
              percent(evaluation.f1(c))));
    }
    return lines;
  }

  private List<String> mistakes() {
    List<String> lines = new ArrayList<>();
    lines.add("surest mistakes");
    List<Mistake> shown = examination.mistakes();
    for (int m = 0; m < Math.min(MISTAKES, shown.size()); m++) {
      Mistake mistake = shown.get(m);
      lines.add(
          format(
              "%5.1f %%  %s taken for %s, image %d, %s",
              100 * mistake.confidence(),
              examination.classNames().get(mistake.label()),
              examination.classNames().get(mistake.predicted()),
              mistake.image(),
              Examination.picture(m)));
    }
    return lines;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : format("%.1f %%", 100 * share);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
