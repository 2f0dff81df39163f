/** TensorFlow Lite's interpreter and its XNNPACK delegate. */
package org.proxyless.devices.lite.interpreter;
