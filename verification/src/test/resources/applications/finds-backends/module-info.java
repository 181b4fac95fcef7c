/** An application that knows the API alone, and gets its backends from the path. */
module application {
  requires io.psconnect;
}
