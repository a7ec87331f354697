package dev.bosky.match;

import java.util.List;

/**
 * Secrets that are known by their place in a command: {@code --api-key …}, {@code -u user:…},
 * {@code mysql -p…}, {@code echo … | sudo -S}. Scripts show them when they trace ({@code set -x})
 * or fail.
 *
 * <p>What stands in such a place may be no secret; {@link SecretValues} says so.
 */
final class CommandSecrets {
  /** One word, perhaps quoted. */
  private static final String WORD = "[\"']?(?P<secret>[^\\s\"']+)";

  /** Commands that read a secret from their standard input. */
  private static final String READERS =
      "(?:--(?:password-|token-|passwd-on-)?stdin|--with-token|--passphrase-fd|\\bsudo\\s+-\\w*S"
          + "|\\b(?:realm|adcli)\\s+join|\\b(?:kinit|cryptsetup|vncpasswd|smbpasswd))\\b";

  /** Accounts that images have; behind another name and a colon stand versions and ports too. */
  private static final String ACCOUNTS =
      "(?:root|admin|administrator|ubuntu|ec2-user|debian|centos|rocky|almalinux|fedora)";

  static final List<MaskRules.Rule> RULES =
      List.of(
          rule(
              "option",
              "(?i)(?:^|\\s)--?(?:[a-z0-9_-]*(?:passw(?:or)?d|passphrase|token|secret(?:-string)?"
                  + "|storepass|keypass|setcookie)|(?:[a-z0-9]+[-_])*(?:pass|api-?key|access-?key|secret-?key"
                  + "|private-?key|certificate-key|auth-?key|credentials?|license-?key"
                  + "|(?:account|activation|registration|functions|encryption|master|shared)-?key))\\s+"
                  + NamedSecrets.VALUE,
              SecretValues::isArgument),
          rule("secret-id", "--secret-id\\s+" + WORD, SecretValues::isSecretId),
          rule(
              "literal",
              "--from-literal[= ][\"']?[\\w.-]+=" + NamedSecrets.VALUE,
              SecretValues::isAssigned),
          rule(
              "user-password",
              "(?:^|\\s)(?:-u|-U|--user|--proxy-user)(?:\\s+|=)[\"']?[^\\s:\"'/%]+[:%]"
                  + "(?P<secret>[^\\s\"']+)",
              SecretValues::isLogin),
          rule(
              "short-password",
              "\\b(?:mysql\\w*|mariadb\\w*|sshpass|login)\\b.*?\\s-p\\s?[\"']?(?P<secret>[^\\s\"'-][^\\s\"']*)",
              SecretValues::isArgument),
          rule(
              "short-password-of-one-command",
              "\\b(?:twine|mongo\\w*|cqlsh|useradd|usermod|7za?)\\b[^|;&]*?\\s-p\\s?[\"']?"
                  + "(?P<secret>[^\\s\"'-][^\\s\"']*)",
              SecretValues::isArgument),
          rule(
              "short-password-in-upper-case",
              "\\b(?:sqlcmd|bcp|zip|unzip|ipmitool|mosquitto_\\w+)\\b[^|;&]*?\\s-P\\s*" + WORD,
              SecretValues::isArgument),
          rule("redis", "\\bredis-cli\\b.*?\\s-a\\s+" + WORD, SecretValues::isArgument),
          rule("ldap", "\\bldap\\w+\\b.*?\\s-w\\s+" + WORD, SecretValues::isArgument),
          rule(
              "lftp",
              "\\blftp\\b.*?\\s-u\\s*[\"']?[^\\s\"',]+,(?P<secret>[^\\s\"']+)",
              SecretValues::isNoReference),
          rule("openssl", "\\bpass:(?P<secret>[^\\s\"']+)", SecretValues::isNoReference),
          rule(
              "said-password",
              "\\b(?:mysqladmin|nmcli|wpa_cli)\\b.*?\\s(?:password|(?:\\S+\\.)?psk)\\s+[\"']{0,2}"
                  + "(?P<secret>[^\\s\"']+)",
              SecretValues::isArgument),
          rule(
              "short-option",
              "(?:\\bslappasswd\\b.*?\\s-s|\\bssh-keygen\\b.*?\\s-[NP]|\\bopenssl\\s+enc\\b.*?\\s-[kK])"
                  + "\\s+"
                  + WORD,
              SecretValues::isArgument),
          rule(
              "hashed",
              "\\b(?:openssl\\s+passwd|mkpasswd)\\s(?:.*\\s)?[\"']?(?P<secret>[^\\s\"'-][^\\s\"']*)[\"']?$",
              SecretValues::isArgument),
          rule(
              "redis-config", "\\b(?:requirepass|masterauth)\\s+" + WORD, SecretValues::isArgument),
          rule(
              "minio",
              "\\bmc\\s+(?:alias|config\\s+host)\\s+(?:set|add)\\s+\\S+\\s+\\S+\\s+\\S+\\s+" + WORD,
              SecretValues::isArgument),
          rule(
              "bundle-config",
              "\\bbundle\\s+config\\s+(?:(?:set|--?\\S+)\\s+)*\\S+\\s+[^\\s:/]+:(?P<secret>[^\\s\"']+)",
              SecretValues::isNoReference),
          rule("http-basic", "\\bhttp-basic\\.\\S+\\s+\\S+\\s+" + WORD, SecretValues::isArgument),
          rule(
              "rabbitmqctl",
              "\\brabbitmqctl\\b.*?\\s(?:add_user|change_password)\\s+\\S+\\s+" + WORD,
              SecretValues::isNoReference),
          rule(
              "net-user",
              "(?i)\\bnet\\s+user\\s+\\S+\\s+(?P<secret>[^\\s/*]\\S*)(?:\\s+/|\\s*$)",
              SecretValues::isArgument),
          rule(
              "oracle",
              "\\b(?:oracle:\\w+:|sqlplus\\s+(?:-\\w+\\s+)*)[\"']?[\\w.$-]+/(?P<secret>[^\\s@\"']+)@",
              SecretValues::isNoReference),
          rule(
              "stored-value",
              "\\b(?:put-parameter|keyvault\\s+secret\\s+set)\\b.*?\\s--value[= ]\\s*"
                  + NamedSecrets.VALUE,
              SecretValues::isArgument),
          rule(
              "config-set",
              "(?i)(?:\\bconfig(?:ure)?\\s+(?:--?[\\w-]+\\s+)*set|\\bgit\\s+config)\\s+"
                  + "(?:--?[\\w-]+\\s+)*[\"']?[\\w./:@-]*"
                  + NamedSecrets.NAME
                  + "[\"']?\\s+"
                  + NamedSecrets.VALUE,
              SecretValues::isArgument),
          rule(
              "aws-configure",
              "(?i)\\baws_(?:secret_access_key|session_token)\\s+[\"']?(?P<secret>[^\\s\"'=:][^\\s\"']*)",
              SecretValues::isNoReference),
          rule(
              "ansible-vault",
              "\\bencrypt_string\\s+" + NamedSecrets.VALUE,
              SecretValues::isArgument),
          rule(
              "ubuntu-pro",
              "\\b(?:pro|ua)\\s+attach\\s+(?:--?[\\w-]+\\s+)*(?P<secret>[A-Za-z0-9]{20,})",
              SecretValues::isNoReference),
          // [file] user password: what follows the first of them
          rule(
              "htpasswd",
              "\\bhtpasswd\\s+(?:-\\w+\\s+)*-\\w*b\\w*\\s+(?:-\\w+\\s+)*\\S+\\s+(?P<secret>[^|;&>]+)",
              SecretValues::isNoReference),
          rule(
              "chpasswd",
              "\\b(?:echo|printf)\\s.*?[\"'\\s][^\\s:\"']+:(?P<secret>[^\\s\"'|]+)[\"']?\\s*\\|.*\\bchpasswd\\b",
              SecretValues::isNoReference),
          rule(
              "chpasswd-here",
              "\\bchpasswd\\b.*?<<<\\s*[\"']?[^\\s:\"']+:(?P<secret>[^\\s\"']+)",
              SecretValues::isNoReference),
          // Of a pipe, a trace shows each command in a line of its own.
          rule(
              "chpasswd-trace",
              "^\\++ (?:echo|printf) (?:-\\w+ )*[\"']?"
                  + ACCOUNTS
                  + ":(?P<secret>[^\\s\"']+)[\"']?$",
              SecretValues::isNoTag),
          rule(
              "piped",
              "\\b(?:echo|printf)\\s+(?:-\\w+\\s+)*(?:[\"']?%s(?:\\\\n)?[\"']?\\s+)?"
                  + NamedSecrets.VALUE
                  + "\\s*\\|.*"
                  + READERS,
              SecretValues::isNoReference),
          rule(
              "here-string",
              READERS + ".*?<<<\\s*" + NamedSecrets.VALUE,
              SecretValues::isNoReference),
          // expect: send "…\r"
          rule(
              "expect",
              "\\bsend\\s+(?:--\\s+)?[\"'](?P<secret>[^\\s\"'\\\\]+)\\\\[rn][\"']",
              SecretValues::isRandom),
          rule(
              "secure-string",
              "(?i)ConvertTo-SecureString\\s+(?:-String\\s+)?" + WORD,
              SecretValues::isArgument));

  private CommandSecrets() {}

  private static MaskRules.Rule rule(String name, String expression, MaskRules.Check check) {
    return MaskRules.Rule.of(name, expression, check);
  }
}
