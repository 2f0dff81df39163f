/** Search spaces: chains of blocks with candidate operators, as data. */
package org.proxyless.search.space;
