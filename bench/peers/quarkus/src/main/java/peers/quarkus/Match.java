package peers.quarkus;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import peers.work.Tables;

/** Quarkus: a request handler with its work injected. */
public class Match implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Inject peers.work.Match work;

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return work.answer(event);
  }

  /** Makes the beans. */
  static class Beans {
    @Produces
    @Singleton
    peers.work.Match work(ObjectMapper json) {
      return new peers.work.Match(Tables.ofProcess(), json::writeValueAsString);
    }
  }
}
