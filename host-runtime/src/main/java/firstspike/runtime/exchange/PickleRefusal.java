package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;

/** Files that only code could open are refused, with the way out. */
public final class PickleRefusal {

    /** How weights leave a PyTorch file; run by its owner, where its classes are. */
    public static final String RECIPE =
            "export its weights once, in Python with PyTorch: net = torch.load('network.pt',"
                    + " weights_only=False); layers = [l for l in net.layers if hasattr(l, 'weights')];"
                    + " numpy.savez('net.npz', **{f'layers_{i}_weight': l.weights.detach().numpy()"
                    + " for i, l in enumerate(layers)})";

    private PickleRefusal() {}

    static FormatException of(String file, String what) {
        return new FormatException(
                FormatException.Code.PICKLE_REFUSED,
                file,
                what,
                "arrays alone: loading never executes anything",
                RECIPE);
    }
}
