"""A client's side of a login, driven by lines: `step HEX`, `wrap HEX`, `unwrap HEX HEX`;
ntlm-auth's also by `sign HEX`, `verify HEX HEX`.

argv: the mechanism (ntlm, spnego-ntlm, ntlm-auth, krb5, spnego-krb5), the user or nothing, the
target, the application data of the channel bindings in hexadecimal digits or nothing. The
password is in PSCONNECT_TEST_PASSWORD. Answers: `ok HEX...`, to a step `ok done|more HEX`; `error TEXT`.
"""
import os
import sys

NTLMSSP = "1.3.6.1.4.1.311.2.2.10"
SPNEGO = "1.3.6.1.5.5.2"
KRB5 = "1.2.840.113554.1.2.2"


class Gss:
    def __init__(self, mechanism, user, target, binding):
        import gssapi
        from gssapi.raw import ChannelBindings, acquire_cred_with_password, set_neg_mechs
        self.gssapi = gssapi
        real = gssapi.OID.from_int_seq(NTLMSSP if mechanism.endswith("ntlm") else KRB5)
        outer = gssapi.OID.from_int_seq(SPNEGO) if mechanism.startswith("spnego") else real
        creds = None
        if user:
            name = gssapi.Name(user, gssapi.NameType.user).canonicalize(real)
            password = os.environb[b"PSCONNECT_TEST_PASSWORD"]
            creds = acquire_cred_with_password(name, password, mechs=[outer], usage="initiate").creds
            if outer != real:
                set_neg_mechs(creds, [real])
        flag = gssapi.RequirementFlag
        self.context = gssapi.SecurityContext(
            name=gssapi.Name(target, gssapi.NameType.hostbased_service), creds=creds, mech=outer,
            usage="initiate",
            flags=flag.integrity | flag.confidentiality | flag.mutual_authentication
            | flag.replay_detection | flag.out_of_sequence_detection,
            channel_bindings=ChannelBindings(application_data=binding) if binding else None)
        self.split = 16 if mechanism.endswith("ntlm") else 60
        self.kerberos = not mechanism.endswith("ntlm")

    def step(self, token):
        answer = self.context.step(token or None)
        return [b"done" if self.context.complete else b"more", answer or b""]

    def wrap(self, message):
        if not self.kerberos:
            sealed = self.context.wrap(message, True).message
            return [sealed[:self.split], sealed[self.split:]]
        from gssapi.raw import IOV, IOVBufferType, wrap_iov
        iov = IOV(IOVBufferType.header, message, IOVBufferType.padding, std_layout=False)
        wrap_iov(self.context, iov, confidential=True)
        return [iov[0].value, iov[1].value + (iov[2].value or b"")]

    def unwrap(self, header, data):
        if not self.kerberos:
            return [self.context.unwrap(header + data).message]
        from gssapi.raw import IOV, IOVBufferType, unwrap_iov
        iov = IOV((IOVBufferType.header, False, header), data,
                  (IOVBufferType.padding, False, b""), std_layout=False)
        unwrap_iov(self.context, iov)
        return [iov[1].value]


class NtlmAuth:
    def __init__(self, mechanism, user, target, binding):
        from ntlm_auth.gss_channel_bindings import GssChannelBindingsStruct
        from ntlm_auth.ntlm import NtlmContext
        domain, name = user.split("\\") if "\\" in user else (None, user)
        bound = None
        if binding:
            bound = GssChannelBindingsStruct()
            bound[bound.APPLICATION_DATA] = binding
        self.context = NtlmContext(
            name, os.environ["PSCONNECT_TEST_PASSWORD"], domain, cbt_data=bound)

    def step(self, token):
        answer = self.context.step(token or None)
        return [b"done" if self.context.complete else b"more", answer]

    def wrap(self, message):
        sealed = self.context.wrap(message)
        return [sealed[:16], sealed[16:]]

    def unwrap(self, header, data):
        return [self.context.unwrap(header + data)]

    def sign(self, message):
        """A MIC for SPNEGO, after which the cipher is as before."""
        from ntlm_auth.session_security import SessionSecurity
        security = self.context._session_security
        signature = security._get_signature(message)
        fresh = SessionSecurity(security.negotiate_flags, security.exported_session_key)
        security.outgoing_handle = fresh.outgoing_handle
        return [signature]

    def verify(self, message, signature):
        from ntlm_auth.session_security import SessionSecurity
        security = self.context._session_security
        security._verify_signature(message, signature)
        fresh = SessionSecurity(security.negotiate_flags, security.exported_session_key)
        security.incoming_handle = fresh.incoming_handle
        return []


def main():
    mechanism, user, target, binding = sys.argv[1:5]
    kind = NtlmAuth if mechanism == "ntlm-auth" else Gss
    client = kind(mechanism, user, target, bytes.fromhex(binding))
    for line in sys.stdin:
        command, *parts = line.rstrip("\n").split(" ")
        try:
            answer = getattr(client, command)(*[bytes.fromhex(part) for part in parts])
            if command == "step":
                print("ok", answer[0].decode(), answer[1].hex(), flush=True)
            else:
                print("ok", *[part.hex() for part in answer], flush=True)
        except Exception as e:  # whatever it is, the test wants to know it
            print("error", repr(e).replace("\n", " "), flush=True)


main()
