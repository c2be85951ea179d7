package firstspike.runtime.training;

/**
 * Loss and accuracy on one split of the data.
 *
 * @param loss mean loss; NaN where no batch had one
 * @param accuracy fraction classified right, 0..1
 */
public record SplitResult(double loss, double accuracy) {}
