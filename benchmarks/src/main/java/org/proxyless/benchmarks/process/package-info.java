/** Measuring processes: started one at a time on a quiet machine, watched, ended. */
package org.proxyless.benchmarks.process;
