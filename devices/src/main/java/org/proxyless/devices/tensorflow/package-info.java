/** The deployed form of networks in TensorFlow: built, written as SavedModels, and run. */
@NullMarked
package org.proxyless.devices.tensorflow;

import org.jspecify.annotations.NullMarked;
