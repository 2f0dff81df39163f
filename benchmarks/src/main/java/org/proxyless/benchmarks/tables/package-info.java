/** Latency tables: measured, checked, refined, verified with whole networks. */
package org.proxyless.benchmarks.tables;
