package io.procmodel.procfile;

import com.google.common.base.CharMatcher;

/**
 * What a dialect takes for a line, a blank and the start of the text.
 *
 * @param carriageReturnEndsLine whether a carriage return without a line feed ends a line
 * @param dropsByteOrderMark whether a byte order mark is no part of the first line
 * @param blanks the characters that may surround the parts of an entry
 */
record LineRules(boolean carriageReturnEndsLine, boolean dropsByteOrderMark, CharMatcher blanks) {
    static final CharMatcher SPACE_AND_TAB = CharMatcher.is(' ').or(CharMatcher.is('\t'));
    static final CharMatcher ASCII_SPACE = CharMatcher.is(' ').or(CharMatcher.inRange('\t', '\r'));

    static final LineRules TOLERANT = new LineRules(true, true, SPACE_AND_TAB);
}
