package renfort.accounts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminDeleteUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminDeleteUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminSetUserPasswordRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminSetUserPasswordResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminUserGlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminUserGlobalSignOutResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnauthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** The account service as far as the functions use it. */
final class FakeCognito implements CognitoIdentityProviderClient {
  /** Passwords by user; a user without one has "". */
  final Map<String, String> users = new HashMap<>();

  /** Users by "client token". */
  final Map<String, String> sessions = new HashMap<>();

  final List<String> calls = new ArrayList<>();
  boolean out;
  boolean throttles;
  boolean refusesPasswords;
  boolean rotates;
  private int made;

  @Override
  public AdminCreateUserResponse adminCreateUser(AdminCreateUserRequest request) {
    called("create " + request.username());
    if (request.messageAction() != MessageActionType.SUPPRESS || request.hasUserAttributes()) {
      throw new IllegalArgumentException("Cognito would write to somebody, or know an address");
    }
    if (users.putIfAbsent(request.username(), "") != null) {
      throw UsernameExistsException.builder().build();
    }
    return AdminCreateUserResponse.builder().build();
  }

  @Override
  public AdminSetUserPasswordResponse adminSetUserPassword(AdminSetUserPasswordRequest request) {
    called("set " + request.username());
    if (!request.permanent()) {
      throw new IllegalArgumentException("a temporary password");
    }
    known(request.username());
    if (refusesPasswords) {
      throw InvalidPasswordException.builder().build();
    }
    users.put(request.username(), request.password());
    return AdminSetUserPasswordResponse.builder().build();
  }

  @Override
  public AdminUserGlobalSignOutResponse adminUserGlobalSignOut(
      AdminUserGlobalSignOutRequest request) {
    called("signOut " + request.username());
    known(request.username());
    sessions.values().removeIf(request.username()::equals);
    return AdminUserGlobalSignOutResponse.builder().build();
  }

  @Override
  public AdminDeleteUserResponse adminDeleteUser(AdminDeleteUserRequest request) {
    called("delete " + request.username());
    known(request.username());
    users.remove(request.username());
    return AdminDeleteUserResponse.builder().build();
  }

  @Override
  public AdminInitiateAuthResponse adminInitiateAuth(AdminInitiateAuthRequest request) {
    Map<String, String> given = request.authParameters();
    if (request.authFlow() == AuthFlowType.REFRESH_TOKEN_AUTH) {
      called("refresh");
      String user = sessions.get(request.clientId() + " " + given.get("REFRESH_TOKEN"));
      if (user == null) {
        throw NotAuthorizedException.builder().build();
      }
      return answer(user, rotates ? begin(request.clientId(), user) : null);
    }
    String user = given.getOrDefault("USERNAME", "");
    called("signIn " + user);
    String password = users.get(user);
    if (password == null || password.isEmpty() || !password.equals(given.get("PASSWORD"))) {
      throw NotAuthorizedException.builder().build();
    }
    return answer(user, begin(request.clientId(), user));
  }

  @Override
  public RevokeTokenResponse revokeToken(RevokeTokenRequest request) {
    called("revoke");
    if (sessions.remove(request.clientId() + " " + request.token()) == null) {
      throw UnauthorizedException.builder().build();
    }
    return RevokeTokenResponse.builder().build();
  }

  private String begin(String client, String user) {
    String token = "refresh" + ++made;
    sessions.put(client + " " + token, user);
    return token;
  }

  private static AdminInitiateAuthResponse answer(String user, @Nullable String refreshToken) {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"username\":\"%s\"}".formatted(user).getBytes(StandardCharsets.UTF_8));
    return AdminInitiateAuthResponse.builder()
        .authenticationResult(
            AuthenticationResultType.builder()
                .accessToken("header." + claims + ".signature")
                .expiresIn(900)
                .refreshToken(refreshToken)
                .build())
        .build();
  }

  private void known(String user) {
    if (!users.containsKey(user)) {
      throw UserNotFoundException.builder().build();
    }
  }

  private void called(String call) {
    calls.add(call);
    if (out) {
      throw InternalErrorException.builder().build();
    }
    if (throttles) {
      throw TooManyRequestsException.builder()
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("TooManyRequestsException").build())
          .build();
    }
  }

  @Override
  public String serviceName() {
    return "cognito-idp";
  }

  @Override
  public void close() {}
}
