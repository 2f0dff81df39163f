package org.proxyless.benchmarks.plot;

/** A point by its values on both axes. */
public record Point(double x, double y) {}
