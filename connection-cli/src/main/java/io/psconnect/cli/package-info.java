/**
 * The {@code connection} command, over {@link io.psconnect}. It sees the backends that are on the
 * path and names none of them.
 */
package io.psconnect.cli;
