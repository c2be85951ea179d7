package firstspike.experiments.cli.train;

import firstspike.driver.link.LinkListener;
import firstspike.experiments.run.Screen;
import java.time.Duration;
import java.util.Locale;

/** Says when the connection of a running command breaks and when it is there again (journeys.md U6). */
final class LinkLines implements LinkListener {

    private final Screen screen;

    LinkLines(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void lost(String target, int attempt, Duration wait, String cause) {
        screen.message(String.format(
                Locale.ROOT,
                "link lost (%s): retry %d in %s … %s",
                target,
                attempt,
                wait.toMillis() < 1000 ? wait.toMillis() + " ms" : Math.round(wait.toMillis() / 1e3) + " s",
                cause));
    }

    @Override
    public void back(String target, Duration lost, int repeated) {
        String programs =
                repeated == 0 ? "" : ", " + repeated + (repeated == 1 ? " program" : " programs") + " repeated";
        screen.message(String.format(Locale.ROOT, "link back after %.1f s%s", lost.toMillis() / 1e3, programs));
    }
}
