package io.psconnect.ssh.internal.auth;

import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * An ssh-agent (draft-miller-ssh-agent): which keys it holds, and its signatures. Each question has
 * a connection of its own, so that there is nothing to close, and a time by which it is answered or
 * given up.
 */
final class KeyAgent {
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final int MOST_IDENTITIES = 2048;
  private static final String WINDOWS_PIPES = "\\\\.\\pipe\\";

  private final Wire wire;

  KeyAgent(Path socket) {
    wire =
        socket.toString().startsWith(WINDOWS_PIPES)
            ? new AgentPipe(socket)
            : new AgentSocket(socket);
  }

  /** How bytes get to an agent and back. */
  interface Wire {
    /**
     * Sends a request and waits for its answer.
     *
     * @param request with its length before it
     * @return the answer, without its length
     */
    byte[] exchange(byte[] request, Deadline deadline) throws IOException;

    /** The length of an answer, from what stands before it. */
    static int length(int said) throws IOException {
      if (said < 1 || said > LONGEST_ANSWER) {
        throw new IOException("its answer has an illogical length of %d".formatted(said));
      }
      return said;
    }
  }

  /**
   * A key that the agent holds.
   *
   * @param blob the public key or the certificate, as SSH encodes it
   * @param comment as the agent has it
   */
  record Identity(byte[] blob, String comment) {}

  /**
   * The keys that the agent holds; none if it is locked.
   *
   * @throws IOException if the agent is not there, does not answer in time, or talks nonsense
   */
  List<Identity> identities(Deadline deadline) throws IOException {
    Buffer request = request(REQUEST_IDENTITIES);
    Buffer answer = exchange(request, IDENTITIES_ANSWER, deadline);
    try {
      int count = answer.getInt();
      if (count < 0 || count > MOST_IDENTITIES) {
        throw new IOException("it says that it holds %d keys".formatted(count));
      }
      List<Identity> identities = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        identities.add(new Identity(answer.getBytes(), answer.getString()));
      }
      return identities;
    } catch (BufferException e) {
      throw new IOException("its answer is cut off", e);
    }
  }

  /**
   * Has data signed.
   *
   * @param flags 2 for SHA-256 and 4 for SHA-512 with an RSA key; 0 otherwise
   * @return the algorithm and the signature, as SSH encodes them
   * @throws IOException if the agent does not sign, or not in time
   */
  Buffer sign(byte[] blob, byte[] data, int flags, Deadline deadline) throws IOException {
    Buffer request = request(SIGN_REQUEST);
    request.putBytes(blob);
    request.putBytes(data);
    request.putInt(flags);
    try {
      return new ByteArrayBuffer(exchange(request, SIGN_RESPONSE, deadline).getBytes());
    } catch (BufferException e) {
      throw new IOException("its answer is cut off", e);
    }
  }

  private static Buffer request(int type) {
    Buffer request = new ByteArrayBuffer();
    request.putInt(0);
    request.putByte((byte) type);
    return request;
  }

  private Buffer exchange(Buffer request, int expected, Deadline deadline) throws IOException {
    byte[] bytes = request.getCompactData();
    ByteBuffer.wrap(bytes).putInt(0, bytes.length - Integer.BYTES);
    Buffer answer = new ByteArrayBuffer(wire.exchange(bytes, deadline));
    int type = answer.getUByte();
    if (type != expected) {
      throw new IOException("it refused (answer %d)".formatted(type));
    }
    return answer;
  }
}
