package org.proxyless.devices.android;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What computes the operators on the phone, and how benchmark_model is asked for it. */
enum Delegate {
  /** XNNPACK's kernels on the processor. */
  XNNPACK("xnnpack", "--use_xnnpack=true"),
  /** The same, floats computed as float16. */
  XNNPACK_FP16("xnnpack", "--use_xnnpack=true --xnnpack_force_fp16=true"),
  /** The GPU. */
  GPU("gpu|litert_cl|litert_gl", "--use_gpu=true"),
  /** Whatever Android's neural networks API chooses. */
  NNAPI("nnapi", "--use_nnapi=true"),
  /** TensorFlow Lite's own kernels. */
  NONE("", "--use_xnnpack=false");

  private final Pattern name;
  private final String flags;

  Delegate(String name, String flags) {
    this.name = Pattern.compile(name);
    this.flags = flags;
  }

  /** The options of benchmark_model, separated by blanks. */
  String flags() {
    return flags;
  }

  /** Whether TensorFlow Lite's messages call it so. */
  boolean isCalled(String delegate) {
    return this != NONE && name.matcher(delegate.toLowerCase(Locale.ROOT)).find();
  }

  /** What profiles call it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(Delegate::text).collect(Collectors.joining(", "));
  }
}
