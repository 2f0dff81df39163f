package org.proxyless.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is, as named values of three kinds, each kept to the last bit: texts (and whole
 * numbers), arrays of doubles, and arrays of floats, which make up most of it. Each part of a run
 * puts what it needs under names of its own, and takes it back when the run goes on.
 */
public final class State {
  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, double[]> numbers = new TreeMap<>();
  private final Map<String, float[]> tensors = new TreeMap<>();

  /** Keeps a text. */
  public State put(String name, String text) {
    requireNew(texts.putIfAbsent(name, text), name);
    return this;
  }

  /** Keeps a whole number. */
  public State put(String name, long number) {
    return put(name, Long.toString(number));
  }

  /** Keeps numbers; the array is not copied. */
  public State put(String name, double... values) {
    requireNew(numbers.putIfAbsent(name, values), name);
    return this;
  }

  /** Keeps weights; the array is not copied. */
  public State put(String name, float[] values) {
    requireNew(tensors.putIfAbsent(name, values), name);
    return this;
  }

  /** Keeps numbers by name, all under a prefix. */
  public State putNumbers(String prefix, Map<String, double[]> values) {
    values.forEach((name, array) -> put(prefix + name, array));
    return this;
  }

  /** Keeps weights by name, all under a prefix. */
  public State putTensors(String prefix, Map<String, float[]> values) {
    values.forEach((name, array) -> put(prefix + name, array));
    return this;
  }

  /** Whether there is a text of this name. */
  public boolean has(String name) {
    return texts.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return required(texts.get(name), name);
  }

  /** A whole number. */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /** Numbers. */
  public double[] numbers(String name) {
    return required(numbers.get(name), name);
  }

  /** The texts under a prefix, by the rest of their names. */
  public Map<String, String> texts(String prefix) {
    return below(prefix, texts);
  }

  /** The numbers under a prefix, by the rest of their names. */
  public Map<String, double[]> numbersBelow(String prefix) {
    return below(prefix, numbers);
  }

  /** The weights under a prefix, by the rest of their names. */
  public Map<String, float[]> tensorsBelow(String prefix) {
    return below(prefix, tensors);
  }

  Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  Map<String, double[]> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  Map<String, float[]> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  private static <T> Map<String, T> below(String prefix, Map<String, T> all) {
    Map<String, T> below = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), value);
          }
        });
    return below;
  }

  private static void requireNew(Object before, String name) {
    if (before != null) {
      throw new IllegalArgumentException("'" + name + "' was put before");
    }
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException("the checkpoint holds no '" + name + "'");
    }
    return value;
  }
}
