package io.procmodel.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** Finds types of other libraries in the signatures of public and protected methods and constructors. */
final class ForeignTypes extends ArchCondition<JavaClass> {
    /** The JDK's packages and our own. */
    private static final List<String> OURS = List.of("java.", "javax.net", "javax.sql", "io.procmodel");

    private ForeignTypes() {
        super("have types of other libraries in public signatures");
    }

    static ArchCondition<JavaClass> inPublicSignatures() {
        return new ForeignTypes();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit method : type.getCodeUnits()) {
            if (method.getModifiers().contains(JavaModifier.PUBLIC)
                    || method.getModifiers().contains(JavaModifier.PROTECTED)) {
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(used -> isForeign(used))
                        .forEach(used -> events.add(SimpleConditionEvent.satisfied(
                                type, method.getFullName() + " shows " + used.getName())));
            }
        }
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getPackageName();
        return !type.isPrimitive() && !name.isEmpty() && OURS.stream().noneMatch(name::startsWith);
    }
}
