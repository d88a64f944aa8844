package io.procmodel.conformance;

import io.procmodel.conformance.Vector.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a note that says who answers what: {@code peers disagree: a,b -> [...]; c -> error}. */
final class PeerAnswers {
    private static final String START = "peers disagree: ";
    private static final String ARROW = " -> ";
    private static final String ERROR = "error";

    private PeerAnswers() {}

    static Map<String, Answer> in(String note) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        int at = note.indexOf(START);
        if (at < 0) {
            return answers;
        }
        at += START.length();
        int arrow = note.indexOf(ARROW, at);
        while (arrow >= 0) {
            String[] names = note.substring(at, arrow).split(",(?![^(]*\\))", -1);
            int start = arrow + ARROW.length();
            boolean error = note.startsWith(ERROR, start);
            int end = error ? start + ERROR.length() : Json.endOfValue(note, start);
            Answer answer = error ? Answer.ERROR : Answer.of(Json.value(note.substring(start, end)));
            for (String name : names) {
                answers.put(name, answer);
            }
            if (!note.startsWith("; ", end)) {
                break;
            }
            at = end + 2;
            arrow = note.indexOf(ARROW, at);
        }
        return answers;
    }
}
