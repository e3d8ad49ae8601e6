package renfort;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import renfort.storage.Database;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rooms and what they may know of each other (docs/adr/0001-rooms.md). */
@AnalyzeClasses(packages = "renfort", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> HANDLERS =
      Predicates.assignableTo(RequestStreamHandler.class);

  /**
   * From the bottom up; a handler wires the ports of its room with whatever implements them, so it
   * is left out.
   */
  @ArchTest
  static final ArchRule roomsKnowOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("renfort..")
          .layer("environment")
          .definedBy("renfort.environment..")
          .layer("storage")
          .definedBy("renfort.storage..")
          .layer("web")
          .definedBy("renfort.web..")
          .layer("reference")
          .definedBy("renfort.reference..")
          .layer("journal")
          .definedBy("renfort.journal..")
          .layer("outbox")
          .definedBy("renfort.outbox..")
          .layer("inbox")
          .definedBy("renfort.inbox..")
          .layer("accounts")
          .definedBy("renfort.accounts..")
          .layer("pool")
          .definedBy("renfort.pool..")
          .layer("documents")
          .definedBy("renfort.documents..")
          .layer("establishments")
          .definedBy("renfort.establishments..")
          .layer("missions")
          .definedBy("renfort.missions..")
          .layer("professionals")
          .definedBy("renfort.professionals..")
          .layer("candidacies")
          .definedBy("renfort.candidacies..")
          .layer("matching")
          .definedBy("renfort.matching..")
          .layer("regulation")
          .definedBy("renfort.regulation..")
          .layer("notifications")
          .definedBy("renfort.notifications..")
          .whereLayer("environment")
          .mayNotAccessAnyLayer()
          .whereLayer("storage")
          .mayOnlyAccessLayers("environment")
          .whereLayer("web")
          .mayOnlyAccessLayers("environment", "storage")
          .whereLayer("reference")
          .mayOnlyAccessLayers("environment", "web")
          .whereLayer("journal")
          .mayOnlyAccessLayers("environment", "storage", "web")
          .whereLayer("outbox")
          .mayOnlyAccessLayers("environment", "storage", "web")
          .whereLayer("inbox")
          .mayOnlyAccessLayers("environment", "storage", "web")
          .whereLayer("accounts")
          .mayOnlyAccessLayers("environment", "storage", "web", "reference", "journal", "outbox")
          .whereLayer("pool")
          .mayOnlyAccessLayers("environment", "storage", "web", "reference")
          .whereLayer("documents")
          .mayOnlyAccessLayers("environment", "storage", "web", "journal")
          .whereLayer("establishments")
          .mayOnlyAccessLayers(
              "environment", "storage", "web", "reference", "journal", "outbox", "accounts")
          .whereLayer("missions")
          .mayOnlyAccessLayers(
              "environment",
              "storage",
              "web",
              "reference",
              "journal",
              "outbox",
              "inbox",
              "accounts",
              "pool",
              "establishments")
          .whereLayer("professionals")
          .mayOnlyAccessLayers(
              "environment",
              "storage",
              "web",
              "reference",
              "journal",
              "outbox",
              "inbox",
              "accounts",
              "pool",
              "documents")
          .whereLayer("candidacies")
          .mayOnlyAccessLayers(
              "environment",
              "storage",
              "web",
              "reference",
              "journal",
              "outbox",
              "accounts",
              "pool",
              "establishments",
              "missions",
              "professionals")
          .whereLayer("matching")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("regulation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("notifications")
          .mayNotBeAccessedByAnyLayer()
          .ignoreDependency(HANDLERS, DescribedPredicate.alwaysTrue());

  @ArchTest
  static final ArchRule roomsFormNoCycle =
      slices()
          .matching("renfort.(*)..")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(HANDLERS, DescribedPredicate.alwaysTrue());

  @ArchTest
  static final ArchRule rulesKnowNeitherAwsNorJson =
      noClasses()
          .that()
          .resideInAPackage("renfort..model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon..",
              "com.amazonaws..",
              "com.fasterxml..",
              "renfort.storage..",
              "renfort.web..");

  @ArchTest
  static final ArchRule onlyTheDatabaseSpeaksToTheTables =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Database.class)
          .and()
          .resideOutsideOfPackage("renfort.environment..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(DynamoDbClient.class);

  @ArchTest
  static final ArchRule nothingScans =
      noClasses()
          .should()
          .callMethodWhere(
              target(owner(assignableTo(DynamoDbClient.class)))
                  .and(target(nameStartingWith("scan"))));

  @ArchTest
  static final ArchRule functionsAreFinalAndReadNoClockOfTheirOwn =
      classes()
          .that(HANDLERS)
          .and()
          .areNotInterfaces()
          .and()
          .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  @ArchTest
  static final ArchRule theTimeComesFromTheEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackage("renfort.environment..")
          .should()
          .callMethod(java.time.Clock.class, "systemUTC")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
