/**
 * Options of the backend that reaches a host by SSH. What {@link io.psconnect} says of nulls holds
 * here too.
 */
package io.psconnect.ssh;
