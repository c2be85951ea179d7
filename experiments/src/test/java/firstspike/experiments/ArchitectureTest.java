package firstspike.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture; main code only. */
class ArchitectureTest {
    private static final String VECTOR_API = "jdk.incubator.vector..";

    private static final int A_HANDFUL = 200;

    /** A leaf is there only where a caller tells it apart by its class; the others are codes. Signals inside a package, which have other names, do not count. */
    private static final int MOST_ERRORS = 32;

    private static JavaClasses all;

    @BeforeAll
    static void importClasses() {
        all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // the fixtures of driver come as classes of its tests
                .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
                .importPackages("firstspike");
    }

    @Test
    void thereAreClassesToLookAt() {
        assertThat(all.size()).isGreaterThan(A_HANDFUL);
        for (String part : new String[] {"driver", "emulator", "runtime", "experiments", "proto"}) {
            assertThat(all).as(part).anyMatch(type -> type.getPackageName().startsWith("firstspike." + part));
        }
    }

    @Test
    void modulesPointDown() {
        noClasses()
                .that()
                .resideInAPackage("firstspike.proto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "firstspike.driver..",
                        "firstspike.emulator..",
                        "firstspike.runtime..",
                        "firstspike.experiments..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("firstspike.driver..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("firstspike.emulator..", "firstspike.runtime..", "firstspike.experiments..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("firstspike.emulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("firstspike.runtime..", "firstspike.experiments..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("firstspike.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("firstspike.emulator..", "firstspike.experiments..")
                .because("the runtime sees a chip only through its link")
                .check(all);
    }

    @Test
    void aCalibrationMeasuresAndKnowsNoLawsOfAChip() {
        noClasses()
                .that()
                .resideInAnyPackage("firstspike.runtime.calibration..", "firstspike.runtime.measurement..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("firstspike.emulator..", "firstspike.runtime.mapping..")
                .because("it searches codes by what a chip's own converters and counters see;"
                        + " the transfer functions of the nominal chip stand in the mapping")
                .check(all);
        slices().matching("firstspike.runtime.calibration.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void messagesOfTheWireStayInTheDriver() {
        noClasses()
                .that()
                .resideOutsideOfPackages("firstspike.driver..", "firstspike.proto..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("firstspike.proto..")
                .check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("firstspike.driver.(**)").should().beFreeOfCycles().check(all);
        slices().matching("firstspike.emulator.(*)..").should().beFreeOfCycles().check(all);
        slices().matching("firstspike.runtime.(*)..").should().beFreeOfCycles().check(all);
        slices().matching("firstspike.experiments.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
        // each group of commands is a room of its own: (**) tells cli from its groups
        slices().matching("firstspike.experiments.(**)")
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void theServerOfChipsIsKnownByNothingInTheDriver() {
        noClasses()
                .that()
                .resideInAPackage("firstspike.driver..")
                .and()
                .resideOutsideOfPackage("firstspike.driver.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("firstspike.driver.server..")
                .because("a laboratory server stands above a device driver and is no part of it")
                .check(all);
    }

    @Test
    void errorsAreFewClassesWithManyCodes() {
        assertThat(all.stream()
                        .filter(type -> type.isAssignableTo(Throwable.class))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> name.endsWith("Exception"))
                        .sorted())
                .hasSizeBetween(2, MOST_ERRORS);
    }

    @Test
    void learningIsArithmeticOfItsOwn() {
        classes()
                .that()
                .resideInAPackage("firstspike.runtime.learning..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("firstspike.runtime.learning..", "java..", VECTOR_API)
                .check(all);
    }

    @Test
    void theVectorApiIsSeenByClassesNamedAfterItOnly() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTOR_API)
                .check(all);
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Vector")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("firstspike.runtime.learning").and(simpleNameStartingWith("Vector")))
                .check(all);
    }

    @Test
    void onlyExecutionSeesBothLearningAndSession() {
        SortedSet<String> both = packagesThatSee("firstspike.runtime.session");
        both.retainAll(packagesThatSee("firstspike.runtime.learning"));
        both.removeIf(name -> !name.startsWith("firstspike.runtime."));

        assertThat(both).containsExactly("firstspike.runtime.execution");
        noClasses()
                .that()
                .resideInAPackage("firstspike.runtime.session..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("firstspike.runtime.learning..")
                .check(all);
    }

    private static SortedSet<String> packagesThatSee(String name) {
        SortedSet<String> packages = new TreeSet<>();
        for (JavaClass type : all) {
            boolean sees = type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency ->
                            dependency.getTargetClass().getPackageName().equals(name));
            if (sees && !type.getPackageName().equals(name)) {
                packages.add(type.getPackageName());
            }
        }
        return packages;
    }

    @Test
    void trainingSeesNeitherSessionNorMappingNorLink() {
        noClasses()
                .that()
                .resideInAPackage("firstspike.runtime.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("firstspike.runtime.session..", "firstspike.runtime.mapping..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("firstspike.runtime.training..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("firstspike.driver.link.ChipLink")
                .check(all);
    }

    @Test
    void theChipModelSeesOfTheDriverOnlyItsVocabulary() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "firstspike.emulator.clock..", "firstspike.emulator.digital..", "firstspike.emulator.analog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "firstspike.driver.playback..",
                        "firstspike.driver.link..",
                        "firstspike.driver.remote..",
                        "firstspike.driver.server..")
                .because("typed errors are the only thing of a link that the model knows")
                .check(all);
    }
}
