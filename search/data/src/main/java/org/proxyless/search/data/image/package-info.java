/** Images: decoded, checked, cached. */
package org.proxyless.search.data.image;
