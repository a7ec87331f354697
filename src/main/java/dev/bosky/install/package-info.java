/**
 * Puts Bosky on a machine and takes it away again.
 *
 * <pre>
 * /opt/bosky/versions/1.0.0-3f2a91c0/      one folder a version, never changed once it is there
 * /opt/bosky/current -> versions/…         what runs; switched by one rename
 * /usr/local/bin/bosky -> /opt/bosky/current/bin/bosky
 * /etc/bosky/bosky.yaml, patterns.d/       the machine's own; never removed but by --purge
 * /etc/systemd/system/bosky.service        the unit, and its link in sysinit.target.wants
 * /var/lib/bosky                           state, 0700, of the user bosky
 * </pre>
 *
 * <p>Start at {@link dev.bosky.install.Installer}: it makes a list of {@link
 * dev.bosky.install.Step}s, each of which looks whether it is done, says what it does, and does it;
 * so a second run changes nothing, and {@code --dry-run} is the same list without the doing.
 * Everything lies below one root ({@link dev.bosky.install.Places}), which is {@code /} but for an
 * image that is mounted elsewhere. Programs of the machine ({@code useradd}, {@code systemctl}) are
 * started with lists of words, never through a shell.
 */
package dev.bosky.install;
