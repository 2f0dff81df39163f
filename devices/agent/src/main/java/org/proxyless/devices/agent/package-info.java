/**
 * Measuring on another machine: the agent that runs there, and the site that asks it. Nothing but
 * the interfaces of {@code org.proxyless.benchmarks} is seen of it from outside.
 */
@NullMarked
package org.proxyless.devices.agent;

import org.jspecify.annotations.NullMarked;
