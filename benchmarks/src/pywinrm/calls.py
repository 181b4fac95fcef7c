"""Runs each line of standard input as an encoded command by pywinrm, and prints its exit code.

calls.py PORT USER TRANSPORT session|kept: as run_ps does it, a shell a call, or in one shell that is kept.
"""
import os
import sys

import winrm

port, user, transport, way = sys.argv[1:]
protocol = winrm.Protocol(
    endpoint=f'http://127.0.0.1:{port}/wsman', transport=transport, username=user,
    password=os.environ['PEER_PASSWORD'],
    message_encryption='always' if transport == 'ntlm' else 'never')
kept = protocol.open_shell(codepage=65001) if way == 'kept' else None
for line in sys.stdin:
    shell = kept or protocol.open_shell(codepage=65001)
    command = protocol.run_command(
        shell, 'powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', line.strip()])
    out, err, code = protocol.get_command_output(shell, command)
    protocol.cleanup_command(shell, command)
    if not kept:
        protocol.close_shell(shell)
    print(code, flush=True)
