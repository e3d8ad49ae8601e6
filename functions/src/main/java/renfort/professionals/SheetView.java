package renfort.professionals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.documents.model.Document;
import renfort.pool.model.Period;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;

/** Renders sheets as the contract describes them. */
public final class SheetView {
  private SheetView() {}

  /** A sheet as its owner sees it; documents are named, never linked (R28). */
  static Map<String, Object> of(Sheet sheet, boolean available, boolean emailConfirmed) {
    Details details = sheet.details();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("lastName", details.lastName());
    view.put("firstName", details.firstName());
    view.put("email", sheet.email());
    view.put("phone", details.phone());
    view.put("region", details.region());
    view.put("profession", details.profession());
    put(view, "speciality", details.speciality());
    view.put("identifierType", details.identifierType().name());
    put(view, "identifier", details.identifier());
    view.put("activityType", details.activityType().name());
    put(view, "employer", details.employer());
    view.put("postalCode", details.postalCode());
    view.put("city", details.city());
    view.put("vehicle", details.vehicle());
    view.put("nursingHome", details.nursingHome());
    view.put("intensiveCare", details.intensiveCare());
    view.put("vaccination", details.vaccination());
    put(view, "message", details.message());
    view.put("availabilities", availabilities(details));
    view.put("mobility", ProfileStore.mobility(details.mobility()));
    view.put("version", sheet.version());
    view.put("available", available);
    view.put("emailConfirmed", emailConfirmed);
    view.put("reference", sheet.reference());
    view.put("documents", documents(sheet.documents()));
    return view;
  }

  /** The declared periods of a sheet. */
  public static List<Map<String, Object>> availabilities(Details details) {
    return details.availabilities().stream().map(SheetView::period).toList();
  }

  private static List<Map<String, Object>> documents(List<Document> documents) {
    return documents.stream()
        .map(
            document -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("kind", document.kind().name());
              view.put("fileName", document.fileName());
              put(view, "checked", document.isDeleted() ? true : null);
              return view;
            })
        .toList();
  }

  private static Map<String, Object> period(Period period) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("start", period.start().toString());
    put(view, "end", period.end() == null ? null : period.end().toString());
    view.put("weekdays", period.weekdays());
    view.put("weekend", period.weekend());
    return view;
  }

  private static void put(Map<String, Object> view, String name, @Nullable Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }
}
