/** A run from outside: its directory, state, control, log, where it came from. */
package org.proxyless.search.run;
