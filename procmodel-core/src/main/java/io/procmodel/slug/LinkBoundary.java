package io.procmodel.slug;

import com.google.common.base.Splitter;
import com.google.common.collect.Lists;
import io.procmodel.slug.TreeEntry.SymbolicLink;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of the symbolic links of a tree whether following one can leave the tree: as it is written, or by way of the other
 * links of the tree. Nothing is asked of the disk, so the answer is also good for a tree that is not unpacked yet.
 */
final class LinkBoundary {
    /** As many links as the kernel follows in one path; it gives up after these, and so does not leave the tree. */
    private static final int MOST_LINKS_IN_A_PATH = 40;

    private static final Splitter NAMES = Splitter.on('/').omitEmptyStrings();

    private final Map<String, String> links;

    /** The boundary of a tree with these links: path to target. */
    LinkBoundary(Map<String, String> links) {
        this.links = links;
    }

    static LinkBoundary of(List<TreeEntry> entries) {
        Map<String, String> links = new HashMap<>();
        for (TreeEntry entry : entries) {
            if (entry instanceof SymbolicLink link) {
                links.put(link.path(), link.target());
            }
        }
        return new LinkBoundary(links);
    }

    /** Throws the error that names the first link which leaves. */
    void check() {
        Optional<SymbolicLink> leaving = firstLeaving();
        if (leaving.isPresent()) {
            throw SlugEntryException.leavingLink(leaving.get());
        }
    }

    /** The first link, in the order of the paths, that leaves the tree. */
    Optional<SymbolicLink> firstLeaving() {
        return links.entrySet().stream()
                .map(link -> new SymbolicLink(link.getKey(), link.getValue()))
                .filter(link -> leavesAsWritten(link) || leavesWhenFollowed(link.path()))
                .min(Comparator.comparing(SymbolicLink::path));
    }

    private static boolean leavesAsWritten(SymbolicLink link) {
        if (link.target().startsWith("/")) {
            return true;
        }
        int depth = NAMES.splitToList(link.path()).size() - 1;
        for (String name : NAMES.split(link.target())) {
            depth += name.equals("..") ? -1 : name.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean leavesWhenFollowed(String path) {
        Deque<String> position = new ArrayDeque<>();
        Deque<String> ahead = new ArrayDeque<>(NAMES.splitToList(path));
        int followed = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst();
            if (name.equals("..")) {
                if (position.pollLast() == null) {
                    return true;
                }
            } else if (!name.equals(".")) {
                position.addLast(name);
                String target = links.get(String.join("/", position));
                if (target != null) {
                    if (target.startsWith("/")) {
                        return true;
                    }
                    if (++followed > MOST_LINKS_IN_A_PATH) {
                        return false;
                    }
                    position.removeLast();
                    Lists.reverse(NAMES.splitToList(target)).forEach(ahead::addFirst);
                }
            }
        }
        return false;
    }
}
