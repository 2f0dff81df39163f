/** Runs shown as one HTML page. */
package org.proxyless.search.report;
