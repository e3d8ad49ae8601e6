package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** The stand-in answers as the service was seen to answer. */
@ExtendWith(TinyPlatform.class)
class AccountServiceTest {
  private static final String PASSWORD = "Right-Horse-1!";

  private final LocalPlatform platform;
  private final CognitoIdentityProviderClient cognito;
  private final String pool;
  private final String client;

  AccountServiceTest(LocalPlatform platform) {
    this.platform = platform;
    cognito = platform.clients().cognito();
    pool = platform.reference("Pool");
    client = platform.reference("ShortClient");
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreToldAlike() {
    make("known");
    NotAuthorizedException wrong =
        assertThrows(NotAuthorizedException.class, () -> login("known", "Wrong-Horse-1!"));
    NotAuthorizedException unknown =
        assertThrows(NotAuthorizedException.class, () -> login("unknown", PASSWORD));
    assertEquals("Incorrect username or password.", wrong.awsErrorDetails().errorMessage());
    assertEquals(wrong.awsErrorDetails().errorMessage(), unknown.awsErrorDetails().errorMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Short-1!", "no-capital-1!", "NO-SMALL-1-!", "No-Digit-Here", "NoSpecial1234"})
  void thePolicyOfTheTemplateIsKept(String weak) {
    make("policy-" + weak.hashCode());
    assertThrows(
        InvalidPasswordException.class, () -> setPassword("policy-" + weak.hashCode(), weak));
    assertThrows(
        InvalidPasswordException.class,
        () ->
            cognito.adminCreateUser(
                one -> one.userPoolId(pool).username("temporary").temporaryPassword(weak)));
  }

  @Test
  void aPasswordOfMoreThan256CharactersIsNoPassword() {
    make("long");
    assertThrows(
        InvalidParameterException.class, () -> setPassword("long", PASSWORD + "x".repeat(250)));
  }

  @Test
  void namesAreTheSameInAnyCaseWhenThePoolSaysSo() {
    make("Case");
    assertEquals(
        "Case", cognito.adminGetUser(one -> one.userPoolId(pool).username("cASE")).username());
    assertThrows(UsernameExistsException.class, () -> make("CASE"));
    assertEquals("Case", claims(login("case", PASSWORD).accessToken()).path("username").asText());
  }

  @Test
  void aTemporaryPasswordMustBeChanged() {
    var _ =
        cognito.adminCreateUser(
            one -> one.userPoolId(pool).username("first").temporaryPassword(PASSWORD));
    assertEquals(
        UserStatusType.FORCE_CHANGE_PASSWORD,
        cognito.adminGetUser(one -> one.userPoolId(pool).username("first")).userStatus());
    assertEquals(
        ChallengeNameType.NEW_PASSWORD_REQUIRED,
        cognito
            .adminInitiateAuth(
                one ->
                    one.userPoolId(pool)
                        .clientId(client)
                        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", "first", "PASSWORD", PASSWORD)))
            .challengeName());
  }

  @Test
  void tokensSayWhatTheClientAllows() {
    make("tokens");
    AuthenticationResultType tokens = login("tokens", PASSWORD);
    JsonNode access = claims(tokens.accessToken());
    assertEquals(900, tokens.expiresIn());
    assertEquals(900, access.path("exp").asLong() - access.path("iat").asLong());
    assertEquals("access", access.path("token_use").asText());
    assertEquals("aws.cognito.signin.user.admin", access.path("scope").asText());
    assertEquals(client, access.path("client_id").asText());
    assertEquals(
        "https://cognito-idp.eu-west-3.amazonaws.com/" + pool, access.path("iss").asText());
    JsonNode identity = claims(tokens.idToken());
    assertEquals(client, identity.path("aud").asText());
    assertTrue(identity.path("scope").isMissingNode());
  }

  @Test
  void thePublicKeyIsShown() {
    Api services = new Api(platform.servicesAddress());
    JsonNode keys = services.get("/" + pool + "/.well-known/jwks.json").expect(200).json();
    assertEquals("RS256", keys.at("/keys/0/alg").asText());
    var _ = services.get("/other/.well-known/jwks.json").expect(404);
  }

  @Test
  void aRefreshTokenServesUntilItsEndAtItsClientOnly() {
    make("refresh");
    String refresh = login("refresh", PASSWORD).refreshToken();
    platform.clock().advance(Duration.ofHours(11));
    AuthenticationResultType renewed = refresh(refresh);
    assertEquals("refresh", claims(renewed.accessToken()).path("username").asText());
    assertEquals(null, renewed.refreshToken());
    assertThrows(
        NotAuthorizedException.class, () -> refreshAt(platform.reference("LongClient"), refresh));
    platform.clock().advance(Duration.ofHours(2));
    assertThrows(NotAuthorizedException.class, () -> refresh(refresh));
  }

  @Test
  void aFlowThatTheClientLacksIsRefused() {
    make("flow");
    assertThrows(
        InvalidParameterException.class,
        () ->
            cognito.adminInitiateAuth(
                one ->
                    one.userPoolId(pool)
                        .clientId(platform.reference("LongClient"))
                        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", "flow", "PASSWORD", PASSWORD))));
  }

  @Test
  void revokingEndsOneLoginAndSignOutEndsAll() {
    make("out");
    AuthenticationResultType one = login("out", PASSWORD);
    AuthenticationResultType other = login("out", PASSWORD);
    var _ = cognito.revokeToken(revoke -> revoke.clientId(client).token(one.refreshToken()));
    assertThrows(NotAuthorizedException.class, () -> refresh(one.refreshToken()));
    assertThrows(
        NotAuthorizedException.class,
        () -> cognito.getUser(get -> get.accessToken(one.accessToken())));
    assertEquals("out", cognito.getUser(get -> get.accessToken(other.accessToken())).username());
    assertThrows(
        NotAuthorizedException.class,
        () -> cognito.getUser(get -> get.accessToken(other.idToken())));
    var _ = cognito.adminUserGlobalSignOut(out -> out.userPoolId(pool).username("out"));
    assertThrows(NotAuthorizedException.class, () -> refresh(other.refreshToken()));
    assertThrows(
        NotAuthorizedException.class,
        () -> cognito.getUser(get -> get.accessToken(other.accessToken())));
  }

  @Test
  void aDisabledUserIsOutUntilEnabledAndADeletedOneForGood() {
    make("gone");
    String refresh = login("gone", PASSWORD).refreshToken();
    var _ = cognito.adminDisableUser(one -> one.userPoolId(pool).username("gone"));
    assertThrows(NotAuthorizedException.class, () -> login("gone", PASSWORD));
    assertThrows(NotAuthorizedException.class, () -> refresh(refresh));
    var _ = cognito.adminEnableUser(one -> one.userPoolId(pool).username("gone"));
    assertEquals("gone", claims(refresh(refresh).accessToken()).path("username").asText());
    var _ = cognito.adminDeleteUser(one -> one.userPoolId(pool).username("gone"));
    assertThrows(NotAuthorizedException.class, () -> refresh(refresh));
    assertThrows(
        UserNotFoundException.class,
        () -> cognito.adminGetUser(one -> one.userPoolId(pool).username("gone")));
  }

  private void make(String user) {
    var _ = cognito.adminCreateUser(one -> one.userPoolId(pool).username(user));
    setPassword(user, PASSWORD);
  }

  private void setPassword(String user, String password) {
    var _ =
        cognito.adminSetUserPassword(
            one -> one.userPoolId(pool).username(user).password(password).permanent(true));
  }

  private AuthenticationResultType login(String user, String password) {
    return cognito
        .adminInitiateAuth(
            one ->
                one.userPoolId(pool)
                    .clientId(client)
                    .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                    .authParameters(Map.of("USERNAME", user, "PASSWORD", password)))
        .authenticationResult();
  }

  private AuthenticationResultType refresh(String token) {
    return refreshAt(client, token);
  }

  private AuthenticationResultType refreshAt(String clientId, String token) {
    return cognito
        .adminInitiateAuth(
            one ->
                one.userPoolId(pool)
                    .clientId(clientId)
                    .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                    .authParameters(Map.of("REFRESH_TOKEN", token)))
        .authenticationResult();
  }

  private static JsonNode claims(String token) {
    return Trees.read(java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
