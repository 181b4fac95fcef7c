/** Files that go to the host by several commands at once. */
package io.psconnect.winrm.internal.files;
