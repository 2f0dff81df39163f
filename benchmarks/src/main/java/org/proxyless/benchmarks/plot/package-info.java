/** Plots as files. Nothing outside knows what draws them. */
package org.proxyless.benchmarks.plot;
