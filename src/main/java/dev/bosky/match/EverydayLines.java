package dev.bosky.match;

import java.util.List;

/**
 * Lines of boots that went well, with words in them that look like trouble.
 *
 * <p>A marker of status fail that takes one of them will cry wolf.
 */
final class EverydayLines {
  static final List<String> ALL =
      List.of(
          "Setting up libgpg-error0:amd64 (1.47-3build2) ...",
          "Unpacking liberror-perl (0.17029-2) ...",
          "Selecting previously unselected package fatal-errors-common.",
          "Get:7 http://archive.ubuntu.com/ubuntu noble/main amd64 liberror-perl all 0.17029-2 [25.6 kB]",
          "  Installing       : perl-Error-1:0.17029-5.amzn2023.noarch                 12/31",
          "Collecting exceptiongroup==1.2.0",
          "Successfully installed exceptiongroup-1.2.0 pytest-8.0.0",
          "added 214 packages, and audited 215 packages in 9s, found 0 vulnerabilities",
          "[  3.271182] random: crng init done; no errors",
          "0 errors, 0 warnings",
          "Tests run: 12, Failures: 0, Errors: 0, Skipped: 0",
          "test result: ok. 31 passed; 0 failed; 0 ignored",
          "localhost : ok=12 changed=7 unreachable=0 failed=0 skipped=3 rescued=0 ignored=0",
          "+ trap 'on_error $LINENO' ERR",
          "++ ERROR_LOG=/var/log/app/error.log",
          "+ echo 'retrying if the download has failed'",
          "nginx: configuration error_log is set to /var/log/nginx/error.log",
          "Created symlink /etc/systemd/system/multi-user.target.wants/failure-monitor.service.",
          "Removed failed-login.conf",
          "net.ipv4.tcp_fastopen_blackhole_timeout_sec = 0",
          "kernel.panic = 10",
          "vm.panic_on_oom = 0",
          "kernel.panic_on_oops = 1",
          "-rw-r--r-- 1 root root 1204 Nov 22 10:00 exception.py",
          "copying errors.py -> build/lib/app/errors.py",
          "inflating: app/lib/FatalException.class",
          "   Compiling thiserror v1.0.56",
          " ---> Running in 3f1c5a9e error-handler build step",
          "default-jre-headless is already the newest version; no denied packages",
          "Permission check passed: access not denied to anyone",
          "HTTP/1.1 200 OK; X-Error-Count: 0",
          "waiting for the database, timeout is 60s",
          "health check passed, 0 timeouts",
          "Reloading with --on-failure=continue",
          "Failover is configured",
          "Everything is Ok: no problem found",
          "warning: LF will be replaced by CRLF in README.md",
          "WARNING: apt does not have a stable CLI interface. Use with caution in scripts.",
          "I1122 10:00:00.000000 1 errors.go:42] error budget is full");

  private EverydayLines() {}
}
