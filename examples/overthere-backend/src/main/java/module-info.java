/** The backend {@code overthere}: PowerShell by whatever an Overthere connection reaches. */
module com.example.overthere {
  requires transitive io.psconnect;
  requires transitive overthere;
  requires com.hierynomus.sshj;

  exports com.example.overthere;

  provides io.psconnect.ConnectionProvider with
      com.example.overthere.OverthereProvider;
}
