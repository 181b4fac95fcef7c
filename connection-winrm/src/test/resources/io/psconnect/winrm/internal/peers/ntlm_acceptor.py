"""The host's side of one NTLM login, by GSSAPI: a line in, a line out, bytes in base64.

accept TOKEN [BINDING]  ->  continue TOKEN | complete USER
wrap MESSAGE            ->  ok SIGNATURE+DATA
unwrap SIGNATURE+DATA   ->  ok MESSAGE
Whatever goes wrong     ->  error TEXT
"""

import base64
import sys

from gssapi import raw

NTLMSSP = raw.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")


def encode(data):
    return base64.b64encode(data or b"").decode("ascii")


class Acceptor:
    def __init__(self):
        self.context = None
        self.credentials = None

    def accept(self, token, binding=None):
        if self.credentials is None:
            self.credentials = raw.acquire_cred(None, usage="accept", mechs={NTLMSSP}).creds
        bindings = raw.ChannelBindings(application_data=binding) if binding is not None else None
        answer = raw.accept_sec_context(
            token,
            acceptor_creds=self.credentials,
            context=self.context,
            channel_bindings=bindings,
        )
        self.context = answer.context
        if answer.more_steps:
            return "continue " + encode(answer.token)
        user = raw.display_name(answer.initiator_name, name_type=False).name
        return "complete " + user.decode("utf-8").rstrip("\0")

    def wrap(self, message):
        return "ok " + encode(raw.wrap(self.context, message, confidential=True).message)

    def unwrap(self, sealed):
        answer = raw.unwrap(self.context, sealed)
        if not answer.encrypted:
            return "error the message was not encrypted"
        return "ok " + encode(answer.message)


def main():
    acceptor = Acceptor()
    for line in sys.stdin:
        command, *words = line.rstrip("\n").split(" ")
        try:
            answer = getattr(acceptor, command)(*map(base64.b64decode, words))
        except Exception as error:
            answer = "error " + " ".join(str(error).split())
        print(answer, flush=True)


main()
