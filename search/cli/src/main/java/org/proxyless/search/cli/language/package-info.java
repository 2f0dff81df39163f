/** Commands of language models. */
package org.proxyless.search.cli.language;
