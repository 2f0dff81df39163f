/**
 * Shapes, layers, operators, networks and their weights; the graphs that networks are chosen from.
 */
@NullMarked
package org.proxyless.network;

import org.jspecify.annotations.NullMarked;
