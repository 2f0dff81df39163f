/** Commands that measure: profile, verify, measure, agent. */
package org.proxyless.search.cli.profile;
