/** How far a run is, on a terminal or in lines. */
package org.proxyless.search.run.progress;
