/** The way to a host: what the options and OpenSSH's configuration file say of it. */
package io.psconnect.ssh.internal.route;
