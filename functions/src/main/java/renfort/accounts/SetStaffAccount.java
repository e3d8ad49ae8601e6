package renfort.accounts;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.StaffAccounts.Outcome;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.reference.Regions;
import renfort.reference.model.Region;
import renfort.web.Form;
import renfort.web.Json;
import renfort.web.Log;
import renfort.web.Problem;
import renfort.web.Refusal;

/**
 * Called by an operator, without a route: makes a staff account, or switches it on or off.
 *
 * <p>In: {@code {email, role, region?, enabled, lastName?, firstName?}}, role AGENCY (with its
 * region's code) or NATIONAL; names are those of a new account. Out: {@code {accountId, created}},
 * or {@code {errors: [{field, code, message}]}} and nothing changed.
 */
public final class SetStaffAccount implements RequestStreamHandler {
  private final StaffAccounts staffAccounts;

  public SetStaffAccount() {
    this(Environment.ofProcess());
  }

  public SetStaffAccount(Environment environment) {
    this.staffAccounts = new StaffAccounts(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Json.write(answer(Json.readEvent(input)), output);
  }

  private Map<String, Object> answer(Map<String, Object> event) {
    try {
      return switch (staffAccounts.set(wish(Form.of(event)))) {
        case Outcome.Set set -> answer(set);
        case Outcome.OtherRole other ->
            errors(
                Problem.invalid(
                    "email", "other-role", "Cette adresse est celle d'un compte d'un autre rôle."));
        case Outcome.Unknown unknown ->
            errors(
                Problem.invalid(
                    "email", "unknown", "Cette adresse n'a pas de compte à désactiver."));
      };
    } catch (Refusal refusal) {
      return errors(refusal.problem());
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where; call again");
    }
  }

  private static StaffAccounts.Wish wish(Form form) {
    String email = form.email("email");
    Optional<Role> role = form.choice("role", SetStaffAccount::staff);
    Optional<Region> region = Optional.empty();
    if (role.equals(Optional.of(Role.AGENCY))) {
      region = form.choice("region", Regions::find);
    } else if (form.has("region") && role.isPresent()) {
      form.error("region", "unexpected", "Seule une ARS a une région.");
    }
    boolean enabled = form.flag("enabled");
    @Nullable String lastName = form.optionalText("lastName", 60);
    @Nullable String firstName = form.optionalText("firstName", 60);
    form.check();
    return new StaffAccounts.Wish(
        email,
        role.orElseThrow(),
        region.map(Region::code).orElse(null),
        enabled,
        lastName != null ? lastName : region.map(Region::name).orElse("national"),
        firstName != null ? firstName : region.isPresent() ? "ARS" : "Niveau");
  }

  private static Optional<Role> staff(String name) {
    return switch (name) {
      case "AGENCY" -> Optional.of(Role.AGENCY);
      case "NATIONAL" -> Optional.of(Role.NATIONAL);
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> answer(Outcome.Set set) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("accountId", set.accountId());
    answer.put("created", set.created());
    return answer;
  }

  private static Map<String, Object> errors(Problem problem) {
    List<Map<String, String>> errors =
        problem.errors().stream()
            .map(
                error ->
                    Map.of(
                        "field", error.field(), "code", error.code(), "message", error.message()))
            .toList();
    return Map.of("errors", errors);
  }
}
