package io.psconnect.local;

import io.psconnect.ScriptInput;
import io.psconnect.powershell.CliXmlDecoder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PowerShell itself did with a script: a line of the corpus. */
record Recording(String id, String script, int exitCode, JsonNode json) {

  static List<Recording> all() {
    JsonMapper mapper = new JsonMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Recording.class.getResourceAsStream("/corpus/powershell-7.6.jsonl"),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(mapper::readTree).map(Recording::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recording of(JsonNode line) {
    return new Recording(
        line.get("id").stringValue(),
        line.get("script").stringValue(),
        line.get("exit").intValue(),
        line);
  }

  ScriptInput input() {
    JsonNode stdin = json.get("stdin");
    return ScriptInput.of(
        stdin.has("repeat")
            ? repeated(bytes(stdin, "repeat"), stdin.get("times").intValue())
            : bytes(stdin, "base64"));
  }

  private static byte[] repeated(byte[] piece, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  /** The recorded output without colours, in a form that can be compared with {@link #describe}. */
  String stdout() {
    return described(json.get("stdout")).replaceAll("\u001B\\[[0-9;]*m", "");
  }

  /** The recorded errors, decoded, in a form that can be compared with {@link #describe}. */
  String stderr() {
    JsonNode stderr = json.get("stderr");
    return stderr.has("base64")
        ? describe(CliXmlDecoder.decode(bytes(stderr, "base64")))
        : described(stderr);
  }

  private static String described(JsonNode output) {
    return output.has("base64")
        ? describe(bytes(output, "base64"))
        : output.get("length").intValue() + " bytes, " + output.get("sha256").stringValue();
  }

  /** The text itself where it is short enough to have been recorded, else its size and SHA-256. */
  static String describe(byte[] output) {
    return output.length > 20_000
        ? output.length + " bytes, " + sha256(output)
        : new String(output, StandardCharsets.UTF_8);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(JsonNode node, String field) {
    return Base64.getDecoder().decode(node.get(field).stringValue());
  }

  @Override
  public String toString() {
    return id;
  }
}
