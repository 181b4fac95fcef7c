/** Who the SSH server is: known host keys, pinned ones, host certificates. */
package io.psconnect.ssh.internal.trust;
