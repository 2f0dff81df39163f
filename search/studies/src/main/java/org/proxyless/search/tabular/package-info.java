/** Strategies compared on tables of networks that were all evaluated before. */
package org.proxyless.search.tabular;
