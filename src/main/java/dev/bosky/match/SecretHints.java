package dev.bosky.match;

import java.util.Locale;

/**
 * What a text has to contain before a rule for secrets can find anything in it: for each of {@link
 * MaskRules#ALL} a piece of each text that it requires.
 *
 * <p>The rules know this themselves, once their expressions are read; but to read them all takes
 * longer than to send an event, and a message by hand hardly ever has any of these. A test holds
 * them against the rules.
 */
final class SecretHints {
  /** In lower case. */
  static final String[] ALL =
      """
      "auth $1 $2a $2b $2x $2y $5 $6 $7 $apr1 $argon2d $argon2i $gy $y -----begin --from-liter
      -p -u .acc- .acc_ .atlasv1. .com/api/web 1//0 4b1d :// :aa <<< \\n \\r _auth _mmk a3t
      aaaaaaaaaa abia acca access account activati adcli alias aiza akcp akia alias api- api_org_ asia
      atatt3 atbb atctt3 attach authorizatio b. bcp bearer bkaj_ bkct_ bkua_ bundle bundle_
      ccipat_ certificate- cio client-k clojars_ cmvmd config connection convertto- cook credential
      crypt cryptsetup dapi dckr_oat dckr_pat doo_v1_ dop_v1_ dor_v1_ dp.audit dp.ct dp.pt dp.sa
      dp.scim dp.st dt0 duffel_live duffel_test eaaa eaac eaam echo eyj ezak eztk flwseck fo1_
      function gho_ ghp_ ghr_ ghs_ ghu_ github_pat_ glagent- glc_ glcbt- gldt- glffct- glft-
      glimt- gloas- glpat- glptt- glrrt- glrt- glrtr- glsa_ glsoat- gocspx- gr1348941 hf_ hrku-
      http-basic hvr. ico- identified ignature ipmitool k10 key kinit ldap lftp license lin_api
      lin_oauth live_ login ls0tls1crudj ltai mariadb master masterauth md5 mosquitto_ mysql
      nmcli npm_ nrak- nrii- nriq- nrjs- nrra- ntn_ openssl ops_ oracle: p8e- pass pat. pbkdf2
      pmak- pnu_ pplx- pre-shar preshar printf private pscale_oauth pscale_pw pscale_tkn pul- pw
      pwd pypi- q~ rabbitmqctl rdme_ realm redis-cli registra rk_prod_ rubygems_ s-s4t2af
      s-s4t2ud s. sat. sbp_ secret sess session_ sg. sgp_ sha shared shpat_ shpca_ shppa_ shpss_
      sig sk sm_aat_ sm_pat_ sm_sat_ sntrys_ sntryu_ sq0 sqa_ sqlcmd sqlplus sqp_ squ_
      ssh-keygen stdin storepas sudo swmtkn-1- test_ tfp_ token user v1.0- value webhook.offi
      whsec_ with-token wpa_cli x-amz-si xapp- xox ya29. zip zxlk
      """
          .strip()
          .split("\\s+");

  private SecretHints() {}

  /** Whether the text has any of them, or letters of which we do not know the lower case. */
  static boolean anyIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return true;
      }
    }
    String lower = text.toLowerCase(Locale.ROOT);
    for (String hint : ALL) {
      if (lower.contains(hint)) {
        return true;
      }
    }
    return false;
  }
}
