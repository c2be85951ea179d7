package firstspike.experiments.figure;

import firstspike.runtime.recording.ShortestDecimal;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with ticks at 1, 2 and 5 of every decade; at every digit where fewer than three would be seen. */
final class DecadeAxis extends LogAxis {

    private static final long serialVersionUID = 1L;
    private static final int[] COARSE = {1, 2, 5};
    private static final int[] FINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int FEW = 3;

    DecadeAxis(String label) {
        super(label);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        List<NumberTick> ticks = ticks(COARSE);
        return ticks.size() < FEW ? ticks(FINE) : ticks;
    }

    private List<NumberTick> ticks(int[] digits) {
        List<NumberTick> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(getLowerBound()));
        int last = (int) Math.ceil(Math.log10(getUpperBound()));
        for (int exponent = first; exponent <= last; exponent++) {
            for (int digit : digits) {
                double value = BigDecimal.valueOf(digit, -exponent).doubleValue();
                if (value >= getLowerBound() && value <= getUpperBound()) {
                    String text = ShortestDecimal.of(value).replaceFirst("\\.0$", "");
                    ticks.add(new NumberTick(
                            TickType.MAJOR, value, text, TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0));
                }
            }
        }
        return ticks;
    }
}
