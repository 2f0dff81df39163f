/** What a measuring process runs: JMH benchmarks of operators and networks. */
package org.proxyless.benchmarks.jmh;
