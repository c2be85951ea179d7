package firstspike.experiments.run;

import java.time.Duration;

/** How old something is, as people say it. */
public final class Ages {

    private static final int TWO = 2;

    private Ages() {}

    /**
     * @param age 0 or more
     * @return two units at most, for example {@code 3 d 4 h}
     */
    public static String text(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = {"d", "h", "min", "s"};
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < parts.length && shown < TWO; i++) {
            if (parts[i] > 0 || shown > 0 || i == parts.length - 1) {
                text.append(shown == 0 ? "" : " ").append(parts[i]).append(' ').append(units[i]);
                shown++;
            }
        }
        return text.toString();
    }
}
