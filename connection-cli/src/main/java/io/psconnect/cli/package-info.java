/** The {@code connection} command. */
package io.psconnect.cli;
