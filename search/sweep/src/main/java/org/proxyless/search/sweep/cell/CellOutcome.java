package org.proxyless.search.sweep.cell;

import java.io.Serializable;

/**
 * How an attempt at a cell ended.
 *
 * @param finished whether its result is there
 * @param message why not; empty if it is
 * @param where it ran: the machine, and what of it
 * @param seconds it took
 */
public record CellOutcome(boolean finished, String message, Place where, double seconds)
    implements Serializable {}
