package renfort.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the functions that a function may come to, read from the class files. A call to an
 * interface leads to those classes only that the function makes; a lambda counts as called where it
 * is made, and so does what a class made overrides of the outside's types.
 */
final class CallGraph {
  private static final String OURS = "renfort/";
  private static final Map<String, ClassModel> MODELS = new HashMap<>();

  private final Set<Place> reached = new LinkedHashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Set<String> initialised = new HashSet<>();
  private final Set<Place> virtualCalls = new HashSet<>();
  private final Deque<Place> todo = new ArrayDeque<>();

  /**
   * A method.
   *
   * @param owner its class's internal name
   * @param descriptor its parameters and result, as class files write them
   */
  record Place(String owner, String name, String descriptor) {
    String in() {
      return owner.replace('/', '.') + "." + name;
    }
  }

  private CallGraph() {}

  /** What a function's class may come to, its constructor of an Environment included. */
  static Set<Place> from(String handler) {
    CallGraph graph = new CallGraph();
    String name = handler.replace('.', '/');
    graph.reach(new Place(name, "<init>", "(Lrenfort/environment/Environment;)V"));
    graph.make(name);
    while (!graph.todo.isEmpty()) {
      graph.follow(graph.todo.pop());
    }
    return graph.reached;
  }

  /** The instructions of a method; none when it is abstract. */
  static List<Instruction> instructions(Place place) {
    return method(place)
        .flatMap(MethodModel::code)
        .map(
            code ->
                code.elementStream()
                    .filter(Instruction.class::isInstance)
                    .map(Instruction.class::cast)
                    .toList())
        .orElse(List.of());
  }

  /** A class of ours. */
  static ClassModel model(String name) {
    return MODELS.computeIfAbsent(name, CallGraph::load);
  }

  private void follow(Place place) {
    for (CodeElement element : instructions(place)) {
      switch (element) {
        case NewObjectInstruction made -> make(made.className().asInternalName());
        case FieldInstruction field -> initialise(field.owner().asInternalName());
        case InvokeInstruction call ->
            call(
                new Place(
                    call.owner().asInternalName(),
                    call.name().stringValue(),
                    call.type().stringValue()),
                call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE);
        case InvokeDynamicInstruction lambda -> {
          for (ConstantDesc argument : lambda.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle) {
              refer(handle);
            }
          }
        }
        default -> {}
      }
    }
  }

  private void refer(DirectMethodHandleDesc handle) {
    String owner = handle.owner().descriptorString();
    if (!owner.startsWith("L")) {
      return;
    }
    Place place =
        new Place(
            owner.substring(1, owner.length() - 1), handle.methodName(), handle.lookupDescriptor());
    switch (handle.kind()) {
      case CONSTRUCTOR -> {
        make(place.owner());
        call(new Place(place.owner(), "<init>", place.descriptor()), false);
      }
      case VIRTUAL, INTERFACE_VIRTUAL -> call(place, true);
      case STATIC, INTERFACE_STATIC, SPECIAL, INTERFACE_SPECIAL -> call(place, false);
      case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> initialise(place.owner());
    }
  }

  private void call(Place target, boolean dispatched) {
    if (!target.owner().startsWith(OURS)) {
      return;
    }
    initialise(target.owner());
    resolve(target).ifPresent(this::reach);
    if (dispatched && virtualCalls.add(target)) {
      for (String each : Set.copyOf(made)) {
        dispatch(target, each);
      }
    }
  }

  private void dispatch(Place target, String receiver) {
    if (type(target.owner()).isAssignableFrom(type(receiver))) {
      resolve(new Place(receiver, target.name(), target.descriptor())).ifPresent(this::reach);
    }
  }

  private void make(String name) {
    if (!name.startsWith(OURS) || !made.add(name)) {
      return;
    }
    initialise(name);
    for (Place call : Set.copyOf(virtualCalls)) {
      dispatch(call, name);
    }
    // what the outside may call: whatever a supertype from there declares by that name
    Stream.of(type(name).getMethods())
        .map(Method::getName)
        .distinct()
        .filter(method -> isDeclaredOutside(type(name), method))
        .forEach(method -> reachAll(name, method));
  }

  private void reachAll(String name, String method) {
    for (@Nullable Class<?> type = type(name);
        type != null && internal(type).startsWith(OURS);
        type = type.getSuperclass()) {
      String owner = internal(type);
      model(owner).methods().stream()
          .filter(each -> each.methodName().equalsString(method))
          .forEach(each -> reach(new Place(owner, method, each.methodType().stringValue())));
    }
  }

  private static boolean isDeclaredOutside(Class<?> type, String method) {
    Set<Class<?>> supertypes = new HashSet<>();
    collect(type, supertypes);
    return supertypes.stream()
        .filter(each -> !internal(each).startsWith(OURS))
        .anyMatch(
            each ->
                Stream.of(each.getDeclaredMethods())
                    .anyMatch(declared -> declared.getName().equals(method)));
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
    if (type != null && into.add(type)) {
      collect(type.getSuperclass(), into);
      for (Class<?> each : type.getInterfaces()) {
        collect(each, into);
      }
    }
  }

  private void initialise(String name) {
    if (name.startsWith(OURS) && initialised.add(name)) {
      reach(new Place(name, "<clinit>", "()V"));
    }
  }

  private void reach(Place place) {
    if (method(place).isPresent() && reached.add(place)) {
      todo.push(place);
    }
  }

  /** Where a method stands that a class has or inherits. */
  private static Optional<Place> resolve(Place place) {
    Set<Class<?>> supertypes = new LinkedHashSet<>();
    collect(type(place.owner()), supertypes);
    return supertypes.stream()
        .map(CallGraph::internal)
        .filter(name -> name.startsWith(OURS))
        .map(name -> new Place(name, place.name(), place.descriptor()))
        .filter(
            each ->
                method(each).filter(found -> !found.flags().has(AccessFlag.ABSTRACT)).isPresent())
        .findFirst();
  }

  private static Optional<MethodModel> method(Place place) {
    return model(place.owner()).methods().stream()
        .filter(
            method ->
                method.methodName().equalsString(place.name())
                    && method.methodType().equalsString(place.descriptor()))
        .findFirst();
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name.replace('/', '.'), false, CallGraph.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("No class " + name, e);
    }
  }

  private static ClassModel load(String name) {
    try (InputStream bytes =
        CallGraph.class.getClassLoader().getResourceAsStream(name + ".class")) {
      if (bytes == null) {
        throw new IllegalArgumentException("No class " + name);
      }
      return ClassFile.of().parse(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
