/** One run of the program: its settings, its directory, its log and its progress. */
package org.proxyless.search.run;
