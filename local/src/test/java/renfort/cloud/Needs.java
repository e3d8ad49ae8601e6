package renfort.cloud;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import renfort.cloud.CallGraph.Place;

/**
 * What a function needs to be allowed, by its code: each call that it may come to of a table, the
 * bucket, the accounts and the mails, as IAM names it.
 */
final class Needs {
  private static final Pattern TABLE = Pattern.compile("[A-Z]+_TABLE");
  private static final String DATABASE = "renfort/storage/Database";
  private static final String WANTED = "renfort/storage/Database$Wanted";
  private static final String FIND = "renfort/storage/Database$Find";
  private static final String WRITES = "renfort/storage/Writes";
  private static final String SERVICES = "software/amazon/awssdk/services/";

  /** The actions that a call of a store comes to; those that come to none have no right of IAM. */
  private static final Map<String, List<String>> STORE_CALLS =
      Map.ofEntries(
          Map.entry(DATABASE + ".get", List.of("dynamodb:GetItem")),
          Map.entry(DATABASE + ".getAll", List.of("dynamodb:BatchGetItem")),
          Map.entry(WANTED + ".<init>", List.of("dynamodb:BatchGetItem")),
          Map.entry(DATABASE + ".put", List.of("dynamodb:PutItem")),
          Map.entry(DATABASE + ".update", List.of("dynamodb:UpdateItem")),
          Map.entry(WRITES + ".put", List.of("dynamodb:PutItem")),
          Map.entry(WRITES + ".update", List.of("dynamodb:UpdateItem")),
          Map.entry(WRITES + ".delete", List.of("dynamodb:DeleteItem")),
          Map.entry(WRITES + ".check", List.of("dynamodb:ConditionCheckItem")));

  // ListBucket: without it the store answers 403 for what is not there, and not 404
  private static final Map<String, List<String>> BUCKET_CALLS =
      Map.of(
          "headObject", List.of("s3:GetObject uploads/*", "s3:ListBucket"),
          "getObjectAsBytes", List.of("s3:GetObject uploads/*", "s3:ListBucket"),
          "copyObject",
              List.of(
                  "s3:GetObject uploads/*",
                  "s3:ListBucket",
                  "s3:PutObject professionals/*",
                  "s3:PutObjectTagging professionals/*"),
          "deleteObjectTagging", List.of("s3:DeleteObjectTagging *", "s3:ListBucket"),
          "deleteObjects", List.of("s3:DeleteObject *"),
          "listObjectsV2", List.of("s3:ListBucket"),
          "presignPutObject", List.of("s3:PutObject uploads/*"),
          "presignGetObject", List.of("s3:GetObject professionals/*"));

  /** Who names a key below a prefix. */
  private static final Map<String, String> PREFIXES =
      Map.of("upload", "uploads/*", "copies", "professionals/*");

  /** Actions that the token in the call allows, and no policy. */
  private static final Set<String> WITHOUT_RIGHT = Set.of("cognito-idp:RevokeToken");

  private final Map<String, Set<String>> actions = new TreeMap<>();
  private final Map<String, Set<String>> indexes;

  private final Set<String> prefixes = new TreeSet<>();

  private Needs(Map<String, Set<String>> indexes) {
    this.indexes = indexes;
  }

  /**
   * The actions that a function needs, by what they are done to: a table as {@code JOURNAL_TABLE},
   * an index as {@code MISSIONS_TABLE/due}, {@code bucket}, its objects as {@code
   * bucket/uploads/*}, {@code accounts} or {@code mails}.
   *
   * @param handler the class name
   * @param indexes the names of the indexes of each table
   */
  static Map<String, Set<String>> of(String handler, Map<String, Set<String>> indexes) {
    Needs needs = new Needs(indexes);
    Set<Place> reached = CallGraph.from(handler);
    reached.stream()
        .filter(place -> place.owner().equals("renfort/documents/Bucket"))
        .map(place -> PREFIXES.get(place.name()))
        .filter(Objects::nonNull)
        .forEach(needs.prefixes::add);
    for (Place place : reached) {
      if (!place.owner().startsWith("renfort/storage/Database")
          && !place.owner().startsWith(WRITES)) {
        needs.read(place);
      }
    }
    return needs.actions;
  }

  private void read(Place place) {
    List<Instruction> code = CallGraph.instructions(place);
    for (Instruction instruction : code) {
      if (!(instruction instanceof InvokeInstruction call)) {
        continue;
      }
      String owner = call.owner().asInternalName();
      String name = call.name().stringValue();
      if (name.equals("builder")) {
        // a client that is made asks for nothing yet
        continue;
      }
      List<String> ofStore = STORE_CALLS.get(owner + "." + name);
      if (ofStore != null) {
        ofStore.forEach(action -> need(table(place), action));
      } else if (owner.equals(FIND) && (name.equals("in") || name.equals("<init>"))) {
        String table = table(place);
        for (String target : targets(place, table, code)) {
          need(target, "dynamodb:Query");
        }
      } else if (owner.startsWith(SERVICES + "s3/") && isClient(owner)) {
        needOfBucket(name);
      } else if (owner.startsWith(SERVICES + "cognitoidentityprovider/") && isClient(owner)) {
        String action = "cognito-idp:" + capital(name);
        if (!WITHOUT_RIGHT.contains(action)) {
          need("accounts", action);
        }
      } else if (owner.startsWith(SERVICES + "sesv2/") && isClient(owner)) {
        need("mails", "ses:" + capital(name));
      } else if (owner.startsWith(SERVICES + "dynamodb/") && isClient(owner)) {
        throw new IllegalStateException(place.in() + " goes past the Database");
      }
    }
  }

  private void need(String target, String action) {
    actions.computeIfAbsent(target, each -> new TreeSet<>()).add(action);
  }

  private void needOfBucket(String call) {
    List<String> known = BUCKET_CALLS.get(call);
    if (known == null) {
      throw new IllegalStateException("Which rights does S3's " + call + " need? Say it here.");
    }
    for (String each : known) {
      String[] parts = each.split(" ", 2);
      if (parts.length == 1) {
        need("bucket", parts[0]);
      } else if (parts[1].equals("*")) {
        prefixes.forEach(prefix -> need("bucket/" + prefix, parts[0]));
      } else {
        need("bucket/" + parts[1], parts[0]);
      }
    }
  }

  private static boolean isClient(String owner) {
    return owner.endsWith("Client") || owner.endsWith("Presigner");
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The one table that a store is for; the table of another store when it asks that for its. */
  private static String table(Place place) {
    Set<String> names = new TreeSet<>();
    String outermost = place.owner().replaceFirst("\\$.*", "");
    names.addAll(tables(place.owner()));
    names.addAll(tables(outermost));
    if (names.isEmpty()) {
      for (Instruction instruction : CallGraph.instructions(place)) {
        if (instruction instanceof InvokeInstruction call
            && call.name().equalsString("table")
            && call.type().equalsString("()Ljava/lang/String;")) {
          names.addAll(tables(call.owner().asInternalName()));
        }
      }
    }
    if (names.size() != 1) {
      throw new IllegalStateException(
          "%s: of which table? A store is for one table. Found %s".formatted(place.in(), names));
    }
    return names.iterator().next();
  }

  private static Set<String> tables(String owner) {
    Set<String> names = new TreeSet<>();
    CallGraph.model(owner)
        .methods()
        .forEach(
            method ->
                CallGraph.instructions(
                        new Place(
                            owner,
                            method.methodName().stringValue(),
                            method.methodType().stringValue()))
                    .forEach(
                        instruction ->
                            text(instruction)
                                .filter(text -> TABLE.matcher(text).matches())
                                .ifPresent(names::add)));
    return names;
  }

  /** The index that a query names right after the table; null is the table itself. */
  private List<String> targets(Place place, String table, List<Instruction> code) {
    List<String> targets = new ArrayList<>();
    for (int i = 0; i + 1 < code.size(); i++) {
      if (!(code.get(i) instanceof FieldInstruction field) || !field.name().equalsString("table")) {
        continue;
      }
      Instruction next = code.get(i + 1);
      Set<String> known = indexes.getOrDefault(table, Set.of());
      if (next.opcode() == Opcode.ACONST_NULL) {
        targets.add(table);
      } else if (text(next).filter(known::contains).isPresent()) {
        targets.add(table + "/" + text(next).orElseThrow());
      } else if (next.opcode().kind() == Opcode.Kind.LOAD) {
        code.stream()
            .flatMap(each -> text(each).stream())
            .filter(known::contains)
            .forEach(index -> targets.add(table + "/" + index));
      }
    }
    if (targets.isEmpty()) {
      throw new IllegalStateException(place.in() + ": a query of which index?");
    }
    return targets;
  }

  private static Optional<String> text(Instruction instruction) {
    return instruction instanceof ConstantInstruction constant
            && constant.constantValue() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }
}
