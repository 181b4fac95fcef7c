/** Shells on the host, and commands in them (MS-WSMV 3.1.4.9 to 3.1.4.14). */
package io.psconnect.winrm.internal.shell;
