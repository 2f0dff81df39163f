/**
 * Android phones that are linked to this machine by {@code adb}: a user's {@code benchmark_model}
 * and TensorFlow Lite files are copied there, run on the cores that the profile names while the
 * phone is cool, and what the program prints is read.
 */
@NullMarked
package org.proxyless.devices.android;

import org.jspecify.annotations.NullMarked;
