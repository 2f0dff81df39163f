/** Where pixels and labels come from, whatever the format. */
package org.proxyless.search.data.source;
