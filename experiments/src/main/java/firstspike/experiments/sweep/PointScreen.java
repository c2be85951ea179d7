package firstspike.experiments.sweep;

import firstspike.experiments.run.Screen;

/** What one of several points says: warnings with its number, nothing else, one at a time. */
final class PointScreen implements Screen {

    private final Screen screen;
    private final int number;

    PointScreen(Screen screen, int number) {
        this.screen = screen;
        this.number = number;
    }

    @Override
    public void message(String text) {
        // the table says what became of the point
    }

    @Override
    public void warn(String text) {
        synchronized (screen) {
            screen.warn("point " + number + ": " + text);
        }
    }

    @Override
    public void progress(String text) {
        // the progress of a sweep is its points
    }

    @Override
    public void fleeting(String text) {
        // as above
    }
}
