/**
 * Options of the backend that runs PowerShell on this machine. What {@link io.psconnect} says of
 * nulls holds here too.
 */
package io.psconnect.local;
