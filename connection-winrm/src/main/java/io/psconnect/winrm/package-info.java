/** Options of the backend {@code winrm}. */
package io.psconnect.winrm;
