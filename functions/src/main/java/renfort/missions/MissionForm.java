package renfort.missions;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.reference.Professions;
import renfort.reference.model.Profession;
import renfort.web.Form;

/** Reads what is asked for by a mission (R10). */
final class MissionForm {
  /** How many missions one submission may hold (contract). */
  static final int MAX_MISSIONS = 40;

  /** How many people a mission may ask for (R10). */
  static final int MAX_COUNT = 500;

  private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/uuuu");

  private MissionForm() {}

  /** The list {@code missions} of a form. */
  static List<Terms> readAll(Form form, LocalDate today) {
    List<Terms> missions = new ArrayList<>();
    for (Form mission : form.objects("missions", 1, MAX_MISSIONS)) {
      missions.add(read(mission, today, null));
    }
    return missions;
  }

  /**
   * One mission; nothing of it may be used before the outermost form was checked.
   *
   * @param today the date in the mission's region
   * @param before the start of the mission that is edited, which may have begun; null of a new one
   */
  static Terms read(Form form, LocalDate today, @Nullable LocalDate before) {
    LocalDate start = form.date("start");
    LocalDate end = form.date("end");
    LocalDate last = today.plus(Mission.HORIZON);
    if (!form.isWrong("start") && start.isBefore(today) && !start.equals(before)) {
      form.error("start", "past", "La date de début est passée.");
    }
    if (!form.isWrong("end") && end.isAfter(last)) {
      form.error(
          "end",
          "too-late",
          "Une mission se termine dans les deux ans : au plus tard le "
              + FRENCH.format(last)
              + ".");
    }
    if (!form.isWrong("start") && !form.isWrong("end") && end.isBefore(start)) {
      form.error("end", "order", "La date de fin ne peut pas précéder la date de début.");
    }
    if (!form.isWrong("end") && end.isBefore(today)) {
      form.error("end", "past", "La date de fin est passée.");
    }
    Optional<Profession> profession = form.choice("profession", Professions::find);
    @Nullable String speciality = form.optionalText("speciality", 100);
    if (speciality != null
        && profession.isPresent()
        && profession.get().speciality(speciality).isEmpty()) {
      form.error("speciality", "choice", "Cette valeur n'est pas dans la liste.");
    }
    return new Terms(
        start,
        end,
        profession.map(Profession::code).orElse(""),
        speciality,
        form.number("count", 1, MAX_COUNT),
        form.flag("vehicle"),
        form.flag("weekend"),
        form.flag("nursingHome"),
        form.flag("intensiveCare"));
  }
}
