package peers.spring;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.annotation.Bean;
import peers.work.Tables;

/** Spring Boot: a function bean behind Spring Cloud Function's invoker. */
@SpringBootApplication(proxyBeanMethods = false)
public class Match {
  public static void main(String[] arguments) {
    SpringApplication.run(Match.class, arguments);
  }

  @Bean
  Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> candidates(JsonMapper json) {
    peers.work.Match work = new peers.work.Match(Tables.ofProcess(), json::toString);
    return work::answer;
  }
}
