/** Commands of a run: search, train, evaluate, export, classify, report. */
package org.proxyless.search.cli.search;
