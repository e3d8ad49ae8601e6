package renfort.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import renfort.notifications.model.Letter;
import renfort.outbox.MailData.Closing;
import renfort.outbox.MailData.MissionFacts;
import renfort.outbox.MailData.Person;
import renfort.outbox.MailData.Place;
import renfort.outbox.MailData.Professional;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;

final class LettersTest {
  private static final String SITE = "https://renfort.exemple.fr";
  private static final String LINK = SITE + "/mot-de-passe#token=abc.DEF-_1";

  private final FixedMailData data = new FixedMailData();
  private final List<Mail> minted = new ArrayList<>();
  private final Letters letters =
      new Letters(
          data,
          (accountId, mail, asked) -> {
            minted.add(mail);
            return Optional.of(LINK);
          },
          SITE);

  @Test
  void R4_proposalReceivedTellsRegionProfessionAndPostcode() {
    Letter letter = write(mail(MailTemplate.PROPOSAL_RECEIVED));

    assertEquals("Proposition de renfort prise en compte", letter.subject());
    assertEquals(List.of("anne@exemple.fr"), letter.to());
    says(letter, "Bonjour Anne Durand,");
    says(letter, "Votre demande a bien été prise en compte.");
    says(letter, "l'ARS de votre région Occitanie");
    says(letter, "vous avez proposé votre aide en tant que Infirmier diplômé d'État.");
    says(letter, "Le code postal servant à vous localiser est 31000.");
    says(letter, SITE + "/connexion");
    assertFalse(letter.text().contains("#token="));
  }

  @Test
  void R4_activationHoldsTheLink() {
    Letter letter = write(mail(MailTemplate.ACTIVATION));

    assertEquals("Activation de votre compte Renfort", letter.subject());
    says(letter, "merci de cliquer sur le lien ci-dessous pour activer votre compte");
    says(letter, "valable 72\u00a0h");
    holdsTheLinkOnce(letter);
    assertFalse(letter.text().contains("Les besoins"));
  }

  @Test
  void R8_activationOfANeedSaysWhatWaitsForIt() {
    Letter letter = write(mail(MailTemplate.ACTIVATION).activating("submission"));

    says(letter, "Les besoins que vous avez déposés seront visibles");
    assertEquals("submission", minted.getFirst().submission());
  }

  @Test
  void R4_passwordResetHoldsTheLink() {
    Letter letter = write(mail(MailTemplate.PASSWORD_RESET));

    assertEquals("Réinitialisation de votre mot de passe", letter.subject());
    says(letter, "valable 72\u00a0h");
    holdsTheLinkOnce(letter);
  }

  @Test
  void R1_alreadyRegisteredSaysHowToGetANewPasswordAndMintsNothing() {
    Letter letter = write(mail(MailTemplate.ALREADY_REGISTERED));

    assertEquals("Vous avez déjà un compte", letter.subject());
    says(letter, "Avez-vous oublié votre mot de passe ou perdu/non reçu le lien d'activation");
    says(letter, SITE + "/connexion");
    assertEquals(List.of(), minted);
  }

  @Test
  void R8_otherRoleNamesTheRoleThatTheAddressHas() {
    Letter letter = write(mail(MailTemplate.OTHER_ROLE));

    assertEquals("Votre adresse est déjà celle d'un autre compte", letter.subject());
    says(letter, "celle de votre compte de professionnel");
    says(letter, "rien n'a été enregistré");
    says(
        write(Mail.to("requester", MailTemplate.OTHER_ROLE)),
        "celle de votre compte d'établissement");
  }

  @Test
  void R8_draftsToConfirmNamesTheAccountsEstablishmentAndTheDelay() {
    Letter letter = write(Mail.to("requester", MailTemplate.DRAFTS_TO_CONFIRM));

    assertEquals("Votre demande de renfort est à confirmer", letter.subject());
    says(letter, "pour l'établissement Centre hospitalier d'Auch (Auch)");
    says(letter, "connectez-vous et confirmez chaque mission");
    says(letter, "7\u00a0jours");
  }

  @Test
  void R11_establishmentApproved() {
    Letter letter = write(Mail.to("requester", MailTemplate.ESTABLISHMENT_APPROVED));

    assertEquals("Votre établissement est validé", letter.subject());
    says(letter, "Votre compte est validé pour l'établissement Centre hospitalier d'Auch (Auch).");
  }

  @Test
  void R27_aQuotaThatIsReachedNamesTheAccountToTheAgency() {
    Letter letter = write(mail(MailTemplate.QUOTA_REACHED));

    assertEquals("Un compte a atteint sa limite de consultations", letter.subject());
    assertEquals(List.of("ars.76@exemple.fr"), letter.to());
    says(
        letter,
        "Claire Lefèvre (claire@exemple.fr), de l'établissement Centre hospitalier d'Auch (Auch),"
            + " ne peut plus consulter de fiches avec coordonnées aujourd'hui");
    Letter own = write(Mail.ofQuota("agency", "DOCUMENTS"));
    says(own, "ARS Occitanie (ars.76@exemple.fr) ne peut plus consulter de pièces d'identité");
    says(own, "atteinte pour ce compte.");
    data.people.remove("requester");
    assertEquals(Optional.empty(), compose(mail(MailTemplate.QUOTA_REACHED)));
  }

  @Test
  void R16_holdReminderTellsWhoAndUntilWhenInTheRegionsTime() {
    Letter letter = write(mail(MailTemplate.HOLD_REMINDER));

    assertEquals("Une proposition de renfort attend votre réponse", letter.subject());
    assertEquals(List.of("claire@exemple.fr"), letter.to());
    says(letter, "a contacté Anne Durand pour votre demande de mission Aide-soignant");
    says(letter, "du 01/12/2026 au 15/12/2026");
    says(letter, "le 23/11/2026 à 19\u00a0h\u00a040");
  }

  @Test
  void R16_aReminderIsNotSentWhenTheHoldIsOver() {
    data.hold = null;

    assertEquals(Optional.empty(), compose(mail(MailTemplate.HOLD_REMINDER)));
  }

  @Test
  void R21_candidateDeclinedTellsThatThePlaceIsFreeWhenThereWasOne() {
    Letter affected =
        write(
            mail(MailTemplate.CANDIDATE_DECLINED)
                .saying(Mail.AFFECTED)
                .during(LocalDate.of(2026, 12, 2), LocalDate.of(2026, 12, 9)));

    assertEquals("Une proposition de renfort a été déclinée", affected.subject());
    says(affected, "Anne Durand a décliné votre demande de mission Aide-soignant");
    says(
        affected, "affectée du 02/12/2026 au 09/12/2026\u00a0: la place est de nouveau à pourvoir");
    says(
        write(mail(MailTemplate.CANDIDATE_DECLINED).saying(Mail.AFFECTED)),
        "Cette personne était affectée\u00a0: la place est de nouveau à pourvoir");
    assertFalse(
        write(mail(MailTemplate.CANDIDATE_DECLINED)).text().contains("la place est de nouveau"));
  }

  @Test
  void R21_whoIsGoneByThenIsNotNamed() {
    data.professionals.clear();

    says(write(mail(MailTemplate.CANDIDATE_DECLINED)), "Une personne a décliné");
  }

  @Test
  void candidateUnavailable() {
    Letter letter = write(mail(MailTemplate.CANDIDATE_UNAVAILABLE));

    assertEquals("Une personne contactée n'est plus disponible", letter.subject());
    says(letter, "Anne Durand n'est plus disponible.");
  }

  @Test
  void R29_candidateErasedNamesNobody() {
    Letter contacted = write(mail(MailTemplate.CANDIDATE_ERASED));
    Letter affected =
        write(
            mail(MailTemplate.CANDIDATE_ERASED)
                .saying(Mail.AFFECTED)
                .during(LocalDate.of(2026, 12, 2), LocalDate.of(2026, 12, 9)));

    assertEquals("Une personne a supprimé son compte", contacted.subject());
    says(contacted, "que votre établissement avait contactée pour votre demande");
    assertFalse(contacted.text().contains("Durand"));
    says(affected, "Une personne affectée du 02/12/2026 au 09/12/2026 pour votre demande");
    says(affected, "La place est de nouveau à pourvoir.");
  }

  @Test
  void R29_anErasureIsConfirmedWithoutAName() {
    Letter asked = write(mail(MailTemplate.ACCOUNT_ERASED));
    Letter dormant = write(mail(MailTemplate.ACCOUNT_ERASED).saying("DORMANT"));

    assertEquals("Votre compte Renfort est effacé", asked.subject());
    assertEquals(List.of("anne@exemple.fr"), asked.to());
    says(asked, "Bonjour,");
    says(asked, "est effacé, comme vous l'avez demandé.");
    says(dormant, "Sans nouvelles de vous depuis deux ans");
    assertFalse(asked.text().contains("Durand"));
  }

  @Test
  void R18_affectationTellsDatesEstablishmentAndWhoValidated() {
    Letter letter = write(mail(MailTemplate.AFFECTATION).during(DAY, DAY.plusDays(3)));

    assertEquals("Affectation sur une mission de renfort", letter.subject());
    says(letter, "Bonjour Anne Durand,");
    says(
        letter,
        "Nous avons le plaisir de vous confirmer votre venue du 02/12/2026 au 05/12/2026 dans le"
            + " cadre des renforts nécessaires pour la gestion de la crise dans l'établissement"
            + " EHPAD Les Tilleuls (Toulouse).");
    says(
        letter,
        "Pour plus d'informations, vous pouvez nous joindre au mail suivant\u00a0:"
            + " claire@exemple.fr");
  }

  @Test
  void R18_anAffectationIsToldAlsoWhenWhoValidatedIsGone() {
    data.people.remove("requester");

    Letter letter = write(mail(MailTemplate.AFFECTATION).during(DAY, DAY));

    assertFalse(letter.text().contains("Pour plus d'informations"));
  }

  @Test
  void R21_affectationReleased() {
    Letter letter = write(mail(MailTemplate.AFFECTATION_RELEASED).during(DAY, DAY));

    assertEquals("Fin de votre affectation sur une mission de renfort", letter.subject());
    says(
        letter,
        "L'établissement EHPAD Les Tilleuls (Toulouse) a mis fin à votre affectation du 02/12/2026"
            + " au 02/12/2026.");
  }

  @Test
  void R20_missionCancelled() {
    Letter letter =
        write(
            Mail.to("professional", MailTemplate.MISSION_CANCELLED)
                .about("mission", "anne")
                .during(DAY, DAY));

    assertEquals("Annulation d'une mission de renfort", letter.subject());
    says(letter, "vous pouvez nous joindre au mail suivant\u00a0: claire@exemple.fr");
    says(letter, "dans l'établissement EHPAD Les Tilleuls (Toulouse)");
    says(letter, "est annulée.");
  }

  @Test
  void R23_candidatesPushedTellsTheMissionAndWhoPushed() {
    Letter letter = write(mail(MailTemplate.CANDIDATES_PUSHED).by("agency"));

    assertEquals("Nouvelles propositions de renfort pour votre mission", letter.subject());
    assertEquals(List.of("claire@exemple.fr"), letter.to());
    says(
        letter,
        "En réponse à votre demande de mission Aide-soignant du 01/12/2026 au 15/12/2026, nous vous"
            + " proposons d'examiner les propositions en vous connectant à l'application Renfort");
    says(letter, "au mail suivant\u00a0: ars.76@exemple.fr");
    assertFalse(letter.text().contains("Durand"));
  }

  @Test
  void R23_candidacySubmittedSpeaksForTheLevelThatPushed() {
    Mail mail = mail(MailTemplate.CANDIDACY_SUBMITTED);
    Letter regional = write(mail.saying(Mail.REGIONAL));
    Letter national = write(mail.saying(Mail.NATIONAL));

    assertEquals("Votre candidature a été soumise à un établissement", regional.subject());
    says(
        regional,
        "Votre Agence Régionale de Santé a poussé votre profil à l'établissement EHPAD Les Tilleuls"
            + " à Toulouse sur une mission liée à la gestion de crise. Celui-ci devrait vous"
            + " recontacter rapidement.");
    says(national, "Le niveau national a poussé votre profil à l'établissement EHPAD Les Tilleuls");
    assertThrows(IllegalStateException.class, () -> compose(mail.saying("OTHER")));
  }

  @ParameterizedTest
  @EnumSource(MailTemplate.class)
  void everyMailIsWholeEscapedSignedAndAutomatic(MailTemplate template) {
    String script = "<script>alert(1)</script>";
    Person bad =
        new Person(
            "x",
            "x@exemple.fr",
            script,
            script,
            "REQUESTER",
            true,
            false,
            true,
            "anne",
            bad(script));
    data.people.put("professional", bad);
    data.people.put("requester", bad);
    data.submitter = bad;
    data.missions.replaceAll(
        (id, facts) ->
            new MissionFacts(
                script, facts.start(), facts.end(), bad(script), new Closing("OTHER", script)));
    data.professionals.put("anne", new Professional(script, script, script, script, script));

    Letter letter = write(full(template, Mail.REGIONAL));

    assertFalse(letter.html().contains("<script"), letter.html());
    // nothing of whoever is erased is left to be written
    assertEquals(
        template != MailTemplate.ACCOUNT_ERASED,
        letter.html().contains("&lt;script&gt;"),
        letter.html());
    assertTrue(letter.html().startsWith("<!doctype html>\n<html lang=\"fr\">"));
    assertTrue(letter.html().contains("<title>"));
    says(letter, "L'administrateur Renfort");
    says(letter, "Ce message est envoyé automatiquement, merci de ne pas y répondre.");
    for (String part : List.of(letter.subject(), letter.text(), letter.html())) {
      assertFalse(part.contains("{{"), part);
      assertFalse(part.contains("}}"), part);
      assertFalse(Pattern.compile(" [:;?!»]|« ").matcher(part).find(), part);
    }
    assertTrue(letter.subject().matches("[\\p{L}' ]{10,70}"), letter.subject());
    assertFalse(letter.text().contains("\n\n\n"), letter.text());
    assertFalse(letter.html().matches("(?s).*(https?:)?//(?!renfort\\.exemple\\.fr).*"));
    assertFalse(
        (letter.text() + letter.html())
            .matches("(?is).*(ministère|direction générale|solidarités|rrh|renfortrh).*"));
  }

  @ParameterizedTest
  @EnumSource(MailTemplate.class)
  void textAndHtmlSayTheSame(MailTemplate template) {
    Letter letter = write(full(template, Mail.NATIONAL));

    assertEquals(words(letter.text()), words(plain(letter.html())));
  }

  @ParameterizedTest
  @EnumSource(MailTemplate.class)
  void R4_nobodyIsGreetedByANameBeforeTheirAddressIsProved(MailTemplate template) {
    data.people.replaceAll(
        (id, person) ->
            new Person(
                id,
                person.email(),
                "Gagnez",
                "Maintenant",
                person.role(),
                person.approved(),
                false,
                false,
                person.professionalId(),
                person.establishment()));
    data.submitter = data.people.get("requester");

    Letter letter = write(full(template, Mail.REGIONAL));

    assertTrue(letter.text().startsWith("Bonjour,\n"), letter.text());
    assertFalse((letter.subject() + letter.text() + letter.html()).contains("Gagnez"));
  }

  @ParameterizedTest
  @EnumSource(MailTemplate.class)
  void R29_whoIsGoneGetsNothingAndNoLinkIsMinted(MailTemplate template) {
    data.people.clear();
    data.submitter = null;

    assertEquals(Optional.empty(), compose(full(template, Mail.REGIONAL)));
    assertEquals(List.of(), minted);
  }

  @Test
  void R16_theColleaguesAreToldWhenTheSubmitterIsGone() {
    data.submitter = null;
    for (int i = 0; i < 12; i++) {
      data.approved.add(
          new Person(
              "c" + i, i + "@exemple.fr", "C", "C", "REQUESTER", true, false, true, null, null));
    }

    Letter letter = write(mail(MailTemplate.CANDIDATES_PUSHED));

    assertEquals(10, letter.to().size());
    assertEquals("0@exemple.fr", letter.to().getFirst());
    assertTrue(letter.text().startsWith("Bonjour,\n"));
  }

  @Test
  void R11_aSubmitterWhoIsNotApprovedReadsNoNameOfACandidate() {
    data.submitter =
        new Person("s", "s@exemple.fr", "S", "S", "REQUESTER", false, false, true, null, null);
    data.approved.add(FixedMailData.REQUESTER);

    assertEquals(List.of("claire@exemple.fr"), write(mail(MailTemplate.HOLD_REMINDER)).to());
    assertEquals(
        List.of("claire@exemple.fr"),
        write(mail(MailTemplate.CANDIDATES_PUSHED)).to(),
        "nor is told of people whom they may not see");

    data.approved.clear();
    assertEquals(Optional.empty(), compose(mail(MailTemplate.CANDIDATE_DECLINED)));
  }

  @Test
  void aMailWhoseMissionIsGoneHasNothingToSay() {
    data.missions.clear();

    assertEquals(Optional.empty(), compose(mail(MailTemplate.AFFECTATION).during(DAY, DAY)));
  }

  private static final LocalDate DAY = LocalDate.of(2026, 12, 2);

  /** A mail with all that it may carry; the detail is a level, but where it is another thing. */
  private static Mail full(MailTemplate template, String level) {
    Mail mail = mail(template).during(DAY, DAY);
    return template == MailTemplate.QUOTA_REACHED ? mail : mail.saying(level);
  }

  /** A mail as the rooms post it. */
  private static Mail mail(MailTemplate template) {
    return switch (template) {
      case PROPOSAL_RECEIVED,
          ACTIVATION,
          PASSWORD_RESET,
          ALREADY_REGISTERED,
          OTHER_ROLE,
          IDENTITY_REJECTED,
          ACTIVATION_REMINDER ->
          Mail.to("professional", template);
      case PROFILE_DORMANT, DOCUMENTS_EXPIRING ->
          Mail.to("professional", template).during(DAY, DAY);
      case DRAFTS_TO_CONFIRM, ESTABLISHMENT_APPROVED -> Mail.to("requester", template);
      case HOLD_REMINDER, CANDIDATE_DECLINED, CANDIDATE_UNAVAILABLE, CANDIDATE_ERASED ->
          Mail.toRequesterOf("mission", template).about("mission", "anne");
      case AFFECTATION,
          AFFECTATION_RELEASED,
          MISSION_CANCELLED,
          CANDIDACY_SUBMITTED,
          CANDIDACY_WITHDRAWN ->
          Mail.to("professional", template).about("mission", "anne").by("requester");
      case ACCOUNT_ERASED -> Mail.to("professional", template).saying("ASKED");
      case CANDIDATES_PUSHED -> Mail.toRequesterOf("mission", template).by("agency");
      case MISSION_CLOSED ->
          Mail.toRequesterOf("mission", template).by("agency").saying(Mail.REGIONAL);
      case ESTABLISHMENT_ORPHANED -> Mail.toAgencyOf("mission", template);
      case QUOTA_REACHED -> Mail.ofQuota("requester", "SHEETS");
    };
  }

  private Letter write(Mail mail) {
    return compose(mail).orElseThrow();
  }

  private Optional<Letter> compose(Mail mail) {
    return letters.draft(mail).flatMap(draft -> letters.write(draft, Instant.EPOCH));
  }

  private static Place bad(String name) {
    return new Place(name, name);
  }

  private static void says(Letter letter, String words) {
    assertTrue(letter.text().contains(words), letter.text());
    assertTrue(plain(letter.html()).contains(words), letter.html());
  }

  private void holdsTheLinkOnce(Letter letter) {
    Matcher tokens = Pattern.compile("#token=(\\S+)").matcher(letter.text());
    assertTrue(tokens.find());
    assertEquals("abc.DEF-_1", tokens.group(1));
    assertFalse(tokens.find());
    assertTrue(letter.html().contains("<a href=\"" + LINK + "\">" + LINK + "</a>"));
    assertEquals(1, minted.size());
  }

  private static String plain(String html) {
    return html.replaceAll("(?s)<head>.*</head>", "")
        .replaceAll("<[^>]*>", "")
        .replace("&nbsp;", "\u00a0")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String words(String text) {
    return text.strip().replaceAll("[ \\n]+", " ");
  }
}
