package renfort.accounts;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.storage.Outage;
import renfort.storage.Throttled;
import renfort.web.Json;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnauthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedTokenTypeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * Passwords and sessions, held by Cognito under the accountId and nothing else of a person. A fault
 * of the service is an {@link Outage}; what it answers to a person is not.
 */
final class Passwords {
  private final CognitoIdentityProviderClient cognito;
  private final Environment environment;
  private final String pool;

  Passwords(Environment environment) {
    this.cognito = environment.clients().cognito();
    this.environment = environment;
    this.pool = environment.variable("USER_POOL_ID");
  }

  /**
   * Whether a session ends with the day or is kept open (« Garder la session ouverte »): each has
   * an app client of its own, because Cognito sets the life of a session by client.
   */
  enum Kind {
    DAY,
    KEPT
  }

  /**
   * What Cognito gave.
   *
   * @param accessToken for the API
   * @param expiresIn seconds that it lives
   * @param refreshToken for the cookie; null when the one in use stays
   */
  record Tokens(String accessToken, int expiresIn, @Nullable String refreshToken) {

    /** The user name that the access token is for: an accountId. It came from Cognito itself. */
    String user() {
      String payload = accessToken.split("\\.", -1)[1];
      try {
        Object claims =
            Json.read(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        return (String) requireNonNull(((Map<?, ?>) requireNonNull(claims)).get("username"));
      } catch (Json.MalformedJson e) {
        throw new IllegalStateException("an access token without claims", e);
      }
    }
  }

  /**
   * Sets the first password of an account for good: two calls, of which Cognito takes few a second.
   *
   * @return false when the pool's policy refuses the password
   */
  boolean setFirst(String accountId, String password) {
    return set(
        () -> {
          create(accountId);
          return put(accountId, password);
        });
  }

  /**
   * Sets another password for good and ends the sessions of the one before.
   *
   * @return false when the pool's policy refuses the password
   */
  boolean setAnother(String accountId, String password) {
    return set(
            () -> {
              try {
                return put(accountId, password);
              } catch (UserNotFoundException e) {
                // erased by an operator, say
                create(accountId);
                return put(accountId, password);
              }
            })
        && signedOut(accountId);
  }

  private boolean signedOut(String accountId) {
    signOut(accountId);
    return true;
  }

  private static boolean set(Supplier<Object> request) {
    try {
      call(request, Set.of(InvalidPasswordException.class));
      return true;
    } catch (InvalidPasswordException e) {
      return false;
    }
  }

  /** Ends all sessions of an account; one that never had a password has none. */
  void signOut(String accountId) {
    try {
      call(
          () -> cognito.adminUserGlobalSignOut(out -> out.userPoolId(pool).username(accountId)),
          Set.of(UserNotFoundException.class));
    } catch (UserNotFoundException e) {
      // nothing to end
    }
  }

  /** Removes the user of an account, if it has one. */
  void delete(String accountId) {
    try {
      call(
          () -> cognito.adminDeleteUser(user -> user.userPoolId(pool).username(accountId)),
          Set.of(UserNotFoundException.class));
    } catch (UserNotFoundException e) {
      // gone already
    }
  }

  /** Opens a session, or nothing when the password is not the user's. */
  Optional<Tokens> signIn(String user, String password, Kind kind) {
    return initiate(
        AuthFlowType.ADMIN_USER_PASSWORD_AUTH,
        kind,
        Map.of("USERNAME", user, "PASSWORD", password));
  }

  /** Renews the access token, or nothing when the session is over. */
  Optional<Tokens> refresh(String refreshToken, Kind kind) {
    return initiate(AuthFlowType.REFRESH_TOKEN_AUTH, kind, Map.of("REFRESH_TOKEN", refreshToken));
  }

  /** Ends the session of a refresh token; one that is none ends nothing. */
  void revoke(String refreshToken, Kind kind) {
    try {
      call(
          () -> cognito.revokeToken(token -> token.clientId(client(kind)).token(refreshToken)),
          Set.of(
              NotAuthorizedException.class,
              UnauthorizedException.class,
              UnsupportedTokenTypeException.class,
              InvalidParameterException.class));
    } catch (NotAuthorizedException
        | UnauthorizedException
        | UnsupportedTokenTypeException
        | InvalidParameterException e) {
      // the cookie's value was not a session of ours
    }
  }

  private Optional<Tokens> initiate(AuthFlowType flow, Kind kind, Map<String, String> parameters) {
    try {
      AdminInitiateAuthResponse response =
          call(
              () ->
                  cognito.adminInitiateAuth(
                      auth ->
                          auth.userPoolId(pool)
                              .clientId(client(kind))
                              .authFlow(flow)
                              .authParameters(parameters)),
              Set.of(NotAuthorizedException.class, UserNotFoundException.class));
      // a challenge instead of tokens: a user whose password no link has set
      return Optional.ofNullable(response.authenticationResult()).map(Passwords::tokens);
    } catch (NotAuthorizedException | UserNotFoundException e) {
      return Optional.empty();
    }
  }

  private Object put(String accountId, String password) {
    return cognito.adminSetUserPassword(
        user ->
            user.userPoolId(pool).username(accountId).password(password).permanent(Boolean.TRUE));
  }

  private void create(String accountId) {
    try {
      var _ =
          cognito.adminCreateUser(
              user ->
                  user.userPoolId(pool)
                      .username(accountId)
                      .messageAction(MessageActionType.SUPPRESS));
    } catch (UsernameExistsException e) {
      // a request that crashed, or runs beside this one, has made it
    }
  }

  private String client(Kind kind) {
    return environment.variable(
        switch (kind) {
          case DAY -> "SESSION_CLIENT_ID";
          case KEPT -> "KEPT_SESSION_CLIENT_ID";
        });
  }

  private static Tokens tokens(AuthenticationResultType result) {
    return new Tokens(result.accessToken(), result.expiresIn(), result.refreshToken());
  }

  /** Lets through what Cognito is expected to answer; all else is an outage. */
  private static <T> T call(Supplier<T> request, Set<Class<? extends SdkException>> expected) {
    try {
      return request.get();
    } catch (SdkException e) {
      if (expected.stream().anyMatch(type -> type.isInstance(e))) {
        throw e;
      }
      throw isThrottling(e) ? new Throttled("accounts", e) : new Outage("accounts", e);
    }
  }

  private static boolean isThrottling(SdkException e) {
    return e instanceof LimitExceededException
        || (e instanceof AwsServiceException answer && answer.isThrottlingException());
  }
}
