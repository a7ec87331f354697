package dev.bosky.match;

import java.util.List;
import java.util.stream.Stream;

/**
 * Secrets that show what they are by their form, wherever they stand. The telling prefix stays
 * visible.
 */
final class TokenForms {
  private static final MaskRules.Check ALWAYS = (line, start, end) -> true;

  private static final MaskRules.Check RANDOM =
      (line, start, end) ->
          SecretValues.looksRandom(line.substring(start, end))
              && line.substring(start, end).chars().anyMatch(Character::isDigit);

  /** What a token of letters and digits looks like, besides its prefix. */
  private static final String WORD = "[A-Za-z0-9]";

  private static final String WORD_DASH = "[A-Za-z0-9_-]";

  static final List<MaskRules.Rule> RULES =
      Stream.of(
              clouds(),
              codeHosts(),
              packages(),
              services(),
              fewerKnown(),
              payments(),
              machines(),
              keysAndHashes(),
              urls())
          .flatMap(List::stream)
          .toList();

  private TokenForms() {}

  private static List<MaskRules.Rule> clouds() {
    return List.of(
        rule("aws-access-key", "\\b(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])(?P<secret>[A-Z0-9]{16})\\b"),
        // A secret key has no form of its own; next to its access key it cannot be anything else.
        rule(
            "aws-secret-key",
            "\\b(?:AKIA|ASIA)[A-Z0-9]{16}[^A-Za-z0-9/+]+(?:[a-z_ =:\"']{0,40}[ =:\"'])?"
                + "(?P<secret>[A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+]|$)"),
        token("aws-mws", "amzn\\.mws\\.", "[0-9a-f-]{30,}"),
        token("aws-bedrock", "\\bABSK", "[A-Za-z0-9+/=]{40,}"),
        token("google-api-key", "\\bAIza", WORD_DASH + "{30,}"),
        token("google-oauth", "\\bya29\\.", "[A-Za-z0-9_.-]{20,}"),
        token("google-refresh-token", "\\b1//0", WORD_DASH + "{40,}"),
        token("google-client-secret", "\\bGOCSPX-", WORD_DASH + "{20,}"),
        rule("azure-client-secret", "(?P<secret>[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34})"),
        token("alibaba", "\\bLTAI", WORD + "{17,}"),
        token("digitalocean", "\\bdo[opr]_v1_", "[a-f0-9]{60,}"),
        token("heroku", "\\bHRKU-", WORD_DASH + "{30,}"),
        token("fly", "\\bfo1_", WORD_DASH + "{40,}"),
        token("planetscale", "\\bpscale_(?:tkn|pw|oauth)_", "[A-Za-z0-9=_.-]{30,}"),
        token("cloudflare-origin", "\\bv1\\.0-", "[a-f0-9]{24}-[a-f0-9]{100,}"));
  }

  private static List<MaskRules.Rule> codeHosts() {
    return List.of(
        token("github", "\\b(?:ghp|gho|ghu|ghs|ghr)_", WORD + "{30,}"),
        token("github-fine-grained", "\\bgithub_pat_", "[A-Za-z0-9_]{22,}"),
        token(
            "gitlab",
            "\\b(?:gl(?:pat|dt|rt|rtr|ptt|ft|imt|agent|soat|cbt|oas|ffct|rrt)-|GR1348941)",
            "[A-Za-z0-9_.-]{18,}"),
        token("bitbucket", "\\bATBB", WORD + "{24,}"),
        token("atlassian", "\\bAT(?:ATT|CTT)3", "[A-Za-z0-9_=-]{30,}"),
        token("linear", "\\blin_(?:api|oauth)_", WORD + "{30,}"),
        token("buildkite", "\\bbk(?:ua|aj|ct)_", WORD + "{30,}"),
        token("circleci", "\\bCCIPAT_", WORD_DASH + "{30,}"));
  }

  private static List<MaskRules.Rule> packages() {
    return List.of(
        token("npm", "\\bnpm_", WORD + "{30,}"),
        token("pypi", "\\bpypi-", WORD_DASH + "{50,}"),
        token("rubygems", "\\brubygems_", "[a-f0-9]{40,}"),
        token("crates", "\\bcio", WORD + "{32}\\b"),
        token("clojars", "\\bCLOJARS_", "[a-z0-9]{50,}"),
        token("docker-hub", "\\bdckr_[op]at_", WORD_DASH + "{20,}"),
        token("artifactory", "\\b(?:AKCp|cmVmd)", WORD + "{50,}"));
  }

  private static List<MaskRules.Rule> services() {
    return List.of(
        token("slack", "\\bxox[abeoprs](?:\\.xox[bp])?-", "[A-Za-z0-9-]{10,}"),
        token("slack-app", "\\bxapp-", "[A-Za-z0-9-]{20,}"),
        token(
            "slack-webhook",
            "hooks\\.slack\\.com/(?:services|workflows|triggers)/",
            "[\\w/+]{20,}"),
        token("discord-webhook", "discord(?:app)?\\.com/api/webhooks/[0-9]+/", WORD_DASH + "{40,}"),
        token("teams-webhook", "webhook\\.office\\.com/webhookb2/", "[\\w@/-]{40,}"),
        token("telegram", "\\b(?:bot)?[0-9]{8,10}:AA", WORD_DASH + "{32,}"),
        token("webhook-signing", "\\bwhsec_", "[A-Za-z0-9+/=]{20,}"),
        token("shopify", "\\bshp(?:at|ca|pa|ss)_", "[a-fA-F0-9]{30,}"),
        token("sendgrid", "\\bSG\\.", "[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{30,}"),
        token("sendinblue", "\\bxkeysib-", "[a-f0-9]{50,}-[A-Za-z0-9]{10,}"),
        token("mailgun", "\\bkey-", "[0-9a-f]{32}\\b"),
        token("mailchimp", "\\b", "[0-9a-f]{32}-us[0-9]{1,2}\\b"),
        random("openai", "\\bsk-(?:ant-|proj-|svcacct-|admin-|or-)?", WORD_DASH + "{30,}"),
        token("hugging-face", "\\b(?:hf_|api_org_)", "[A-Za-z]{30,}"),
        token("databricks", "\\bdapi", "[a-f0-9]{32}\\b"),
        token("new-relic", "\\bNR(?:AK|JS|II|IQ|RA)-", WORD_DASH + "{16,}"),
        token("grafana", "\\bgl(?:sa|c)_", "[A-Za-z0-9+/=_-]{30,}"),
        token("sentry", "\\bsntry[su]_", "[A-Za-z0-9+/=_-]{40,}"),
        token("dynatrace", "\\bdt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.", "[A-Z0-9]{60,}"),
        token("notion", "\\bntn_", WORD + "{40,}"),
        token("postman", "\\bPMAK-", "[a-f0-9]{24}-[a-f0-9]{30,}"),
        token("doppler", "\\bdp\\.(?:pt|st|ct|sa|scim|audit)\\.", "[A-Za-z0-9_.-]{40,}"),
        token("1password", "\\bops_", "[A-Za-z0-9+/=_-]{100,}"),
        token("supabase", "\\bsbp_", "[a-f0-9]{40}\\b"),
        token("adobe", "\\bp8e-", "[A-Za-z0-9]{30,}"),
        token("facebook", "\\bEAA[MC]", WORD + "{60,}"));
  }

  private static List<MaskRules.Rule> fewerKnown() {
    return List.of(
        token(
            "authress",
            "\\b(?:sc|ext|scauth|authress)_",
            "[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,}"),
        random("clickhouse", "\\b4b1d", WORD + "{38}\\b"),
        token("defined-networking", "\\bdnkey-", "[A-Za-z0-9_=-]{26}-[A-Za-z0-9_=-]{40,}"),
        token("frameio", "\\bfio-u-", "[A-Za-z0-9_=-]{60,}"),
        token("grafana-old", "\\beyJrIjoi", "[A-Za-z0-9+/=]{60,}"),
        token("harness", "\\b[ps]at\\.", "[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}"),
        token("infracost", "\\bico-", WORD + "{32}\\b"),
        token("intra42", "\\bs-s4t2(?:ud|af)-", "[a-f0-9]{60,}"),
        rule("maxmind", "\\b(?P<secret>[A-Za-z0-9]{6}_[A-Za-z0-9]{29})_mmk"),
        random("octopus", "\\bAPI-", "[A-Z0-9]{26}\\b"),
        token("perplexity", "\\bpplx-", WORD + "{40,}"),
        token("prefect", "\\bpnu_", "[a-z0-9]{36}"),
        token("readme", "\\brdme_", "[a-z0-9]{60,}"),
        token("scalingo", "\\btk-us-", WORD_DASH + "{40,}"),
        token("settlemint", "\\bsm_(?:aat|pat|sat)_", WORD + "{16}"),
        token("sonar", "\\bsq[apu]_", "[a-f0-9]{40}"),
        token("sourcegraph", "\\bsgp_(?:[a-f0-9]{16}_|local_)?", "[a-f0-9]{40}"),
        token("twilio", "\\bSK", "[a-f0-9]{32}\\b"),
        token("twitter", "\\bAAAAAAAAAAA{12}", "[A-Za-z0-9%]{80,}"),
        token("typeform", "\\btfp_", "[A-Za-z0-9_.=-]{50,}"));
  }

  private static List<MaskRules.Rule> payments() {
    return List.of(
        token("stripe", "\\b[rs]k_(?:live|test|prod)_", WORD + "{10,}"),
        token("square", "\\b(?:EAAA|sq0[a-z]{3}-)", WORD_DASH + "{20,}"),
        token("easypost", "\\bEZ[AT]K", WORD + "{50,}"),
        token("duffel", "\\bduffel_(?:test|live)_", "[A-Za-z0-9_=-]{40,}"),
        token("flutterwave", "\\bFLWSECK(?:_TEST)?-", WORD + "{12,}"),
        token("plaid", "\\baccess-(?:sandbox|development|production)-", "[a-f0-9-]{36}"),
        token("lob-shippo", "(?:\\b|_)(?:live|test)_", "[a-f0-9]{35,}"),
        random("gocardless", "\\blive_", "[A-Za-z0-9_=-]{40}"));
  }

  private static List<MaskRules.Rule> machines() {
    return List.of(
        token("vault", "\\bhv[sbr]\\.", WORD_DASH + "{20,}"),
        random("vault-old", "\\b[sb]\\.", "[A-Za-z0-9]{24}\\b"),
        rule(
            "terraform-cloud",
            "\\b(?P<secret1>[A-Za-z0-9]{14})\\.atlasv1\\.(?P<secret2>[A-Za-z0-9=_-]{60,})"),
        token("pulumi", "\\bpul-", "[a-f0-9]{40}\\b"),
        token("tailscale", "\\btskey-(?:[a-z]+-)?", "[A-Za-z0-9-]{16,}"),
        token("docker-swarm", "\\bSWMTKN-1-", "[a-z0-9-]{40,}"),
        token("k3s", "\\bK10[a-f0-9]{10,}::(?:server:|node:|[a-z0-9]+\\.)", "[a-z0-9]+"),
        token("teleport-age", "\\bAGE-SECRET-KEY-1", "[0-9A-Z]{50,}"));
  }

  private static List<MaskRules.Rule> keysAndHashes() {
    return List.of(
        rule(
            "private-key",
            "-----BEGIN[A-Za-z0-9 ]*(?:PRIVATE KEY|Static key)[A-Za-z0-9 ]*-----"
                + "(?P<secret>.*?[A-Za-z0-9+/=]{16}.*?)(?:-----END|$)"),
        // The same in base64, as kubeconfig files and cloud templates carry it.
        token(
            "private-key-base64",
            "LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURS|BFQyBQUklWQVRFI|BQUklWQVRFI|BPUEVOU1NIIFBSSVZBVEUg"
                + "|BFTkNSWVBURUQgUFJJVkFURS|BEU0EgUFJJVkFURS)",
            "[A-Za-z0-9+/=]+"),
        token("jwt-base64", "\\bZXlK", "[A-Za-z0-9+/=_-]{60,}"),
        // A JSON object: Elastic's enrollment, a tunnel's or an agent's token.
        token("json-base64", "\\beyJ", "[A-Za-z0-9+/=_-]{60,}"),
        token(
            "ldap-hash",
            "\\{(?:S?(?:SHA|MD5)(?:256|384|512)?|CRYPT|PBKDF2[A-Z0-9-]*)\\}",
            "[A-Za-z0-9+/=$.]{16,}"),
        token("jwt", "\\beyJ", "[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)*"),
        token(
            "password-hash",
            "\\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d))\\$",
            "[A-Za-z0-9./$=,+]{12,}"));
  }

  private static List<MaskRules.Rule> urls() {
    return List.of(
        rule(
            "url-password",
            "[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@\"'<>]*:(?P<secret>[^\\s/\"'<>]+)@",
            SecretValues::isNoReference),
        rule("url-user-token", "://(?P<secret>[^\\s/:@\"'<>]{20,})@", RANDOM),
        token(
            "url-signature",
            "(?i)[?&;](?:x-amz-signature|x-goog-signature|signature|sig)=",
            "[^&\\s\"'<>]{8,}"));
  }

  private static MaskRules.Rule token(String name, String prefix, String secret) {
    return rule(name, prefix + "(?P<secret>" + secret + ")");
  }

  /** A token whose form a long name could have too: it has to have a digit. */
  private static MaskRules.Rule random(String name, String prefix, String secret) {
    return rule(name, prefix + "(?P<secret>" + secret + ")", RANDOM);
  }

  private static MaskRules.Rule rule(String name, String expression) {
    return rule(name, expression, ALWAYS);
  }

  private static MaskRules.Rule rule(String name, String expression, MaskRules.Check check) {
    return MaskRules.Rule.of(name, expression, check);
  }
}
