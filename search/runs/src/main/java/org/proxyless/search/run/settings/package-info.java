/** What is asked for, with defaults and rules. */
package org.proxyless.search.run.settings;
