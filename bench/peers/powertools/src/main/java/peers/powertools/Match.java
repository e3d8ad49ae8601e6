package peers.powertools;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.utilities.JsonConfig;

/** AWS Lambda Powertools for Java: its logging and JSON, and the SDK's enhanced client. */
public final class Match
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(Match.class);

  private final peers.work.Match work =
      new peers.work.Match(
          EnhancedTables.ofProcess(), JsonConfig.get().getObjectMapper()::writeValueAsString);

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return PowertoolsLogging.withLogging(
        context,
        () -> {
          APIGatewayV2HTTPResponse response = work.answer(event);
          LOG.info("answered {}", response.getStatusCode());
          return response;
        });
  }
}
