/** Means with intervals, comparisons of two samples, rank correlation: for figures in reports. */
package org.proxyless.search.statistics;
