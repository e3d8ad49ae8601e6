package renfort.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 describes it, in French, without any internal text.
 *
 * @param status the HTTP status
 * @param type the stable word that the problem's {@code type} ends in
 * @param title what happened, in a few words
 * @param detail what to do about it, or null
 * @param errors the fields at fault, all at once
 * @param more further members, numbers of people say
 */
public record Problem(
    int status,
    String type,
    String title,
    @Nullable String detail,
    List<FieldError> errors,
    Map<String, Object> more) {

  /**
   * A field at fault.
   *
   * @param field its path, like {@code availabilities[0].start}
   * @param code a stable word
   * @param message what is wrong, in French
   */
  public record FieldError(String field, String code, String message) {}

  public static Problem of(int status, String type, String title) {
    return new Problem(status, type, title, null, List.of(), Map.of());
  }

  public Problem withDetail(String text) {
    return new Problem(status, type, title, text, errors, more);
  }

  public Problem with(String member, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(member, value);
    return new Problem(status, type, title, detail, errors, members);
  }

  public static Problem invalid(List<FieldError> errors) {
    return new Problem(
        422, "invalid", "Certaines informations sont à corriger.", null, errors, Map.of());
  }

  public static Problem invalid(String field, String code, String message) {
    return invalid(List.of(new FieldError(field, code, message)));
  }

  public static Problem notFound() {
    return of(404, "not-found", "Introuvable.");
  }

  public static Problem forbidden() {
    return of(403, "forbidden", "Votre compte ne permet pas cette action.");
  }

  /** 403: the act asks for a sign-in of the last minutes (R29). */
  public static Problem signInAgain() {
    return of(403, "sign-in-again", "Confirmez votre mot de passe.")
        .withDetail("Reconnectez-vous, puis recommencez dans les cinq minutes.");
  }

  public static Problem unauthorized() {
    return of(401, "unauthorized", "Vous n'êtes pas connecté.");
  }

  /** 409: somebody else was faster at every try. */
  public static Problem retry() {
    return of(409, "retry", "Une autre modification est en cours : réessayez.");
  }

  /** 503: a service is out, nothing was changed. */
  public static Problem unavailable() {
    return of(
        503,
        "unavailable",
        "Le service est momentanément indisponible : rien n'a été modifié, réessayez dans un"
            + " instant.");
  }

  /** As an answer. */
  public Response toResponse(String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "/problems/" + type);
    body.put("title", title);
    body.put("status", status);
    if (detail != null) {
      body.put("detail", detail);
    }
    body.put("requestId", requestId);
    if (!errors.isEmpty()) {
      List<Object> fields = new ArrayList<>();
      for (FieldError error : errors) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("field", error.field());
        field.put("code", error.code());
        field.put("message", error.message());
        fields.add(field);
      }
      body.put("errors", fields);
    }
    body.putAll(more);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/problem+json");
    return new Response(status, headers, List.of(), Json.write(body));
  }
}
