/** SOAP messages of WS-Management (DSP0226), in the words of MS-WSMV; knows no sockets. */
package io.psconnect.winrm.internal.wsman;
