"""The host's side of one Kerberos login, by MIT's GSSAPI: a line in, a line out, bytes in base64.

accept TOKEN [BINDING]  ->  complete TOKEN USER DELEGATED BOUND, or refuse TOKEN TEXT
unwrap HEADER DATA      ->  ok MESSAGE
wrap MESSAGE            ->  ok HEADER DATA
sign MESSAGE            ->  ok TOKEN, which is not encrypted
Whatever goes wrong     ->  error TEXT

The header and the data are the first two buffers of gss_wrap_iov and gss_unwrap_iov, as MS-WSMV
2.2.9.1 splits them.
"""

import base64
import sys

from gssapi import raw

KERBEROS = raw.OID.from_int_seq("1.2.840.113554.1.2.2")


def encode(data):
    return base64.b64encode(data or b"").decode("ascii")


class Acceptor:
    def __init__(self):
        self.context = None

    def accept(self, token, binding=None):
        credentials = raw.acquire_cred(None, usage="accept", mechs={KERBEROS}).creds
        bindings = raw.ChannelBindings(application_data=binding) if binding is not None else None
        try:
            answer = raw.accept_sec_context(
                token, acceptor_creds=credentials, channel_bindings=bindings
            )
        except raw.GSSError as error:
            return "refuse %s %s %s" % (encode(error.token), type(error).__name__, error)
        self.context = answer.context
        bound = bool(int(answer.flags) & 2048)  # GSS_C_CHANNEL_BOUND_FLAG
        user = raw.display_name(answer.initiator_name, name_type=False).name.decode("utf-8")
        delegated = answer.delegated_creds is not None
        return "complete %s %s %s %s" % (encode(answer.token), user, delegated, bound)

    def unwrap(self, header, data=b""):
        iov = raw.IOV(
            (raw.IOVBufferType.header, False, header),
            data,
            raw.IOVBufferType.padding,
            std_layout=False,
        )
        result = raw.unwrap_iov(self.context, iov)
        if not result.encrypted:
            return "error not encrypted"
        return "ok " + encode(iov[1].value)

    def wrap(self, message=b""):
        iov = raw.IOV(
            raw.IOVBufferType.header, message, raw.IOVBufferType.padding, std_layout=False
        )
        raw.wrap_iov(self.context, iov, confidential=True)
        return "ok %s %s" % (encode(iov[0].value), encode(iov[1].value))

    def sign(self, message):
        return "ok " + encode(raw.wrap(self.context, message, confidential=False).message)


def main():
    acceptor = Acceptor()
    for line in sys.stdin:
        command, *arguments = line.split()
        try:
            answer = getattr(acceptor, command)(*[base64.b64decode(each) for each in arguments])
        except Exception as error:  # whatever it is, the test wants to see it
            answer = "error %s: %s" % (type(error).__name__, " ".join(str(error).split()))
        print(answer, flush=True)


main()
