package renfort.environment;

import java.security.Security;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * The service clients of a function, each made when it is first asked for, so that a function pays
 * for those it uses only.
 */
public final class Clients {
  private static final Region ANY_REGION = Region.EU_WEST_3;
  private static final AwsCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nobody"));

  /** How long one try of a call may take that carries little. */
  private static final Duration SMALL_ATTEMPT = Duration.ofSeconds(2);

  /** The same of one that carries a document or a mail. */
  private static final Duration LARGE_ATTEMPT = Duration.ofSeconds(5);

  /** How long a call may take with all its tries: a routed function has 15 seconds. */
  private static final Duration CALL = Duration.ofSeconds(8);

  private final Supplier<DynamoDbClient> dynamoDb;
  private final Supplier<S3Client> s3;
  private final Supplier<S3Presigner> presigner;
  private final Supplier<SesV2Client> ses;
  private final Supplier<CognitoIdentityProviderClient> cognito;

  /** Takes ready clients or ways to make them; each supplier is asked once. */
  public Clients(
      Supplier<DynamoDbClient> dynamoDb,
      Supplier<S3Client> s3,
      Supplier<S3Presigner> presigner,
      Supplier<SesV2Client> ses,
      Supplier<CognitoIdentityProviderClient> cognito) {
    this.dynamoDb = new Once<>(dynamoDb);
    this.s3 = new Once<>(s3);
    this.presigner = new Once<>(presigner);
    this.ses = new Once<>(ses);
    this.cognito = new Once<>(cognito);
  }

  /**
   * Clients as the SDK's own default chain makes them: region, credentials and {@code
   * AWS_ENDPOINT_URL_…} come from the process's environment.
   */
  public static Clients ofDefaultChain() {
    // an address that was looked up before the snapshot may be gone when a start goes on from it
    Security.setProperty("networkaddress.cache.ttl", "0");
    Supplier<SdkHttpClient> http = new Once<>(() -> UrlConnectionHttpClient.builder().build());
    return new Clients(
        () -> patient(DynamoDbClient.builder(), SMALL_ATTEMPT).httpClient(http.get()).build(),
        () -> patient(S3Client.builder(), LARGE_ATTEMPT).httpClient(http.get()).build(),
        S3Presigner::create,
        () -> patient(SesV2Client.builder(), LARGE_ATTEMPT).httpClient(http.get()).build(),
        () ->
            patient(CognitoIdentityProviderClient.builder(), SMALL_ATTEMPT)
                .httpClient(http.get())
                .build());
  }

  /** A service that does not answer is an outage before the function's own time is over. */
  private static <B extends AwsClientBuilder<B, C>, C> B patient(B builder, Duration attempt) {
    return builder.overrideConfiguration(
        limits -> limits.apiCallAttemptTimeout(attempt).apiCallTimeout(CALL));
  }

  /** Clients that reach nothing: all that they ask for is answered by the given client of HTTP. */
  public static Clients answeredBy(SdkHttpClient http) {
    return new Clients(
        () -> over(http, DynamoDbClient.builder()),
        () -> over(http, S3Client.builder()),
        () -> S3Presigner.builder().region(ANY_REGION).credentialsProvider(NOBODY).build(),
        () -> over(http, SesV2Client.builder()),
        () -> over(http, CognitoIdentityProviderClient.builder()));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C over(
      SdkHttpClient http, B builder) {
    return builder.httpClient(http).region(ANY_REGION).credentialsProvider(NOBODY).build();
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb.get();
  }

  public S3Client s3() {
    return s3.get();
  }

  public S3Presigner presigner() {
    return presigner.get();
  }

  public SesV2Client ses() {
    return ses.get();
  }

  public CognitoIdentityProviderClient cognito() {
    return cognito.get();
  }

  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Once(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized T get() {
      T value = made;
      if (value == null) {
        value = maker.get();
        made = value;
      }
      return value;
    }
  }
}
