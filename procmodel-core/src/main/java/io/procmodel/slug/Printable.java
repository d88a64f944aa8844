package io.procmodel.slug;

/** File names as they can be shown in a one-line message, whatever characters they are made of. */
final class Printable {
    private Printable() {}

    static String text(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(character -> append(text, character));
        return text.toString();
    }

    private static void append(StringBuilder text, int character) {
        if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
            text.append(String.format("\\u%04x", character));
        } else {
            text.appendCodePoint(character);
        }
    }
}
