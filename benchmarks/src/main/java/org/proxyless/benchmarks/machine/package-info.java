/** What else the machine does while something is measured on it. */
package org.proxyless.benchmarks.machine;
