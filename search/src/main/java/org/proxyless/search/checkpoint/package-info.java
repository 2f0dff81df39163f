/** What a run needs to go on after it was cut short, in files that betray every damage. */
package org.proxyless.search.checkpoint;
