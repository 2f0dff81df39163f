/** From a search to its result: networks derived, proved, trained, exported. */
package org.proxyless.search.job.derive;
