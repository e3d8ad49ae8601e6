package peers.micronaut;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.function.aws.MicronautRequestHandler;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import peers.work.Tables;

/** Micronaut: a request handler with its work injected. */
public class Match
    extends MicronautRequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Inject peers.work.Match work;

  @Override
  public APIGatewayV2HTTPResponse execute(APIGatewayV2HTTPEvent event) {
    return work.answer(event);
  }

  /** Makes the beans. */
  @Factory
  static class Beans {
    @Bean
    @Singleton
    peers.work.Match work(JsonMapper json) {
      return new peers.work.Match(Tables.ofProcess(), json::writeValueAsString);
    }
  }
}
