package firstspike.runtime.target;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Resolves target URIs: {@code ideal:} here, every other scheme by the link providers on the class path. */
public final class Targets {

    /** Edits up to which another scheme is proposed. */
    private static final int NEAR = 2;

    private final Map<String, LinkProvider> providers = new TreeMap<>();

    /**
     * @param providers of all schemes but {@code ideal}
     */
    public Targets(Iterable<LinkProvider> providers) {
        for (LinkProvider provider : providers) {
            for (String scheme : provider.schemes()) {
                this.providers.putIfAbsent(scheme, provider);
            }
        }
    }

    /** All providers that {@link ServiceLoader} finds. */
    public static Targets installed() {
        return new Targets(ServiceLoader.load(LinkProvider.class));
    }

    /**
     * Resolves a URI completely; opens nothing. Several ones with blanks between them, which no URI contains, are a farm:
     * its chips stand in that order.
     *
     * @param uri for example {@code emu:nominal?seed=1}
     * @param options of the links to come
     * @return the target; the caller closes it
     * @throws UnknownTargetException when any part of the URI is not known; it lists what is
     */
    public Target resolve(String uri, LinkOptions options) {
        String[] several = uri.strip().split(" +");
        return several.length > 1 ? farm(uri, several, options) : one(uri, options);
    }

    private Target farm(String uri, String[] several, LinkOptions options) {
        List<ChipSource> sources = new ArrayList<>();
        for (String each : several) {
            TargetUri parsed = TargetUri.parse(each);
            if (parsed.scheme().equals(IdealTarget.NAME)) {
                throw new UnknownTargetException("target: '" + uri
                        + "' names ideal: among others (limit: chips only); name ideal: alone, or leave it out");
            }
            sources.add(provider(parsed).source(parsed, options));
        }
        return new ChipTarget(uri, sources, options);
    }

    private Target one(String uri, LinkOptions options) {
        TargetUri parsed = TargetUri.parse(uri);
        if (parsed.scheme().equals(IdealTarget.NAME)) {
            if (!parsed.rest().isEmpty() || !parsed.options().isEmpty()) {
                throw new UnknownTargetException("target: '" + uri
                        + "' gives ideal: something to know (limit: no name, no options); write ideal:");
            }
            return new IdealTarget();
        }
        return new ChipTarget(uri, provider(parsed).source(parsed, options), options);
    }

    private LinkProvider provider(TargetUri parsed) {
        LinkProvider provider = providers.get(parsed.scheme());
        if (provider == null) {
            throw new UnknownTargetException("scheme of target '" + parsed + "': '" + parsed.scheme() + "' (known: "
                    + known() + "); " + proposal(parsed.scheme()));
        }
        return provider;
    }

    private String known() {
        StringBuilder names = new StringBuilder(IdealTarget.NAME);
        providers.keySet().forEach(scheme -> names.append(", ").append(scheme));
        return names.toString();
    }

    private String proposal(String scheme) {
        String nearest = IdealTarget.NAME;
        for (String known : providers.keySet()) {
            if (distance(scheme, known) < distance(scheme, nearest)) {
                nearest = known;
            }
        }
        return distance(scheme, nearest) <= NEAR ? "did you mean " + nearest + "?" : "name one of them";
    }

    /** Insertions, deletions and replacements between two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
