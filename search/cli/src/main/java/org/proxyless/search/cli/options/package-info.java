/** Options that several commands share, and what texts become. */
package org.proxyless.search.cli.options;
