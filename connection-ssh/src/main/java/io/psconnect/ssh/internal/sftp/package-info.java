/**
 * Files to the host by SFTP, with a PowerShell there that checks them and gives them their names.
 */
package io.psconnect.ssh.internal.sftp;
