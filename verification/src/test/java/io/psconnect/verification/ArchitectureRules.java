package io.psconnect.verification;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** The architecture, as rules that {@link ArchitectureTest} applies to what the build made. */
final class ArchitectureRules {
  private ArchitectureRules() {}

  /** Between modules of ours; what it needs of others its descriptor says. */
  static ArchRule independent(Collection<String> backend, Collection<String> otherModules) {
    return noClasses()
        .that()
        .resideInAnyPackage(names(backend))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(names(otherModules))
        .as("a backend uses the API and nothing else of ours");
  }

  static ArchRule presentable(Collection<String> ours, Collection<String> exported) {
    return classes()
        .that(resideInAnyPackage(names(exported)))
        .and()
        .arePublic()
        .should(showOnly(exported, ours))
        .as("public signatures in exported packages hold public types of exported packages");
  }

  static ArchRule acyclic() {
    return slices().matching("(**)").should().beFreeOfCycles().as("packages have no cycle");
  }

  static ArchRule quiet() {
    return noClasses().should(ACCESS_STANDARD_STREAMS).as("libraries print nothing");
  }

  static ArchRule withoutJavaUtilLogging() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..")
        .as("libraries log by System.Logger or not at all");
  }

  static ArchRule namedForWhatTheyAre() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)(\\$.*)?")
        .as("names say what a class is");
  }

  private static String[] names(Collection<String> packages) {
    return packages.toArray(String[]::new);
  }

  private static ArchCondition<JavaClass> showOnly(
      Collection<String> exported, Collection<String> ours) {
    return new ArchCondition<>("show only exported types") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getMembers().stream()
            .filter(ArchitectureRules::isVisible)
            .forEach(member -> checkMember(member, events));
      }

      private void checkMember(JavaMember member, ConditionEvents events) {
        shown(member)
            .filter(shown -> ours.contains(shown.getPackageName()))
            .filter(shown -> !exported.contains(shown.getPackageName()) || !isVisible(shown))
            .forEach(
                hidden ->
                    events.add(
                        SimpleConditionEvent.violated(
                            member, member.getFullName() + " shows " + hidden.getName())));
      }
    };
  }

  private static Stream<JavaClass> shown(JavaMember member) {
    Stream<JavaType> types =
        member instanceof JavaCodeUnit code
            ? Stream.of(
                    Stream.of(code.getReturnType()),
                    code.getParameterTypes().stream(),
                    code.getExceptionTypes().stream().map(JavaType.class::cast))
                .flatMap(part -> part)
            : Stream.of(((JavaField) member).getType());
    return types.map(JavaType::getAllInvolvedRawTypes).flatMap(Set::stream).distinct();
  }

  private static boolean isVisible(JavaMember member) {
    return isVisible(member.getModifiers());
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers());
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }
}
